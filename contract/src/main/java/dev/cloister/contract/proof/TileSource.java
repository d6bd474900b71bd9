package dev.cloister.contract.proof;

import java.io.IOException;

/** Where the hashes of tiles come from: a database, a server, an export. It need not be trusted. */
@FunctionalInterface
public interface TileSource {
    /**
     * The hashes of a tile, one after the other, 32 bytes each.
     *
     * @throws IOException where it cannot be had
     */
    byte[] read(Tile tile) throws IOException, MalformedProofException;
}
