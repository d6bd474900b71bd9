package dev.cloister.server.personal.external;

import dev.cloister.server.platform.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The providers that people can link their accounts with. */
public final class Providers {
    /** Where the operator has named none. */
    public static final Providers NONE = new Providers(List.of());

    private final List<Provider> all;

    private Providers(List<Provider> all) {
        this.all = all;
    }

    /** @throws IOException with a sentence for the operator */
    public static Providers in(Path file) throws IOException {
        return new Providers(ProviderFile.read(file));
    }

    List<Provider> all() {
        return all;
    }

    /** @throws Failure.NotFound where there is none */
    Provider get(String id) {
        return all.stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst()
                .orElseThrow(Failure.NotFound::new);
    }

    /** The first one that is for the address of a repository. */
    Optional<Provider> matching(String address) {
        return all.stream().filter(provider -> provider.isFor(address)).findFirst();
    }
}
