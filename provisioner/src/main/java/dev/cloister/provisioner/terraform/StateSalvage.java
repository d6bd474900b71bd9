package dev.cloister.provisioner.terraform;

import java.util.UUID;

/** Keeps the state of a build whose server was killed while it was built. */
@FunctionalInterface
public interface StateSalvage {
    void salvage(UUID build, byte[] state);
}
