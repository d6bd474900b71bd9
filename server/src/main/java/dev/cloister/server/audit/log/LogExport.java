package dev.cloister.server.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.Tile;
import dev.cloister.server.audit.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;

/**
 * The log as lines of JSON that can be checked without the server: the signed head, the tiles above the leaves from the
 * top down, then each tile of leaves followed by its entries with what opens their commitments.
 */
final class LogExport {
    private final Transactions transactions;
    private final LogRepository repository;
    private final NoteKey key;
    private final LogRepository.Head head;
    private final long first;

    LogExport(Transactions transactions, LogRepository repository, NoteKey key, LogRepository.Head head, long first) {
        this.transactions = transactions;
        this.repository = repository;
        this.key = key;
        this.head = head;
        this.first = first;
    }

    void write(OutputStream out) throws IOException {
        var header = new LinkedHashMap<String, Object>();
        header.put("cloister_audit_export", 1);
        header.put("key", key.toString());
        header.put("checkpoint", head.note());
        header.put("first", first);
        line(out, ApiJson.mapper().writeValueAsString(header));
        for (int level = highestLevel(); level > 0; level--) {
            for (long index = 0; index * Tile.FULL < Tile.hashes(level, head.size()); index++) {
                tile(out, Tile.of(level, index, head.size()));
            }
        }
        for (long index = first / Tile.FULL; index * Tile.FULL < head.size(); index++) {
            Tile tile = Tile.of(0, index, head.size());
            tile(out, tile);
            for (var leaf : transactions.read(tx -> repository.leaves(tx, tile.index() * Tile.FULL, tile.width()))) {
                line(out, leaf.line());
            }
        }
        out.flush();
    }

    private int highestLevel() {
        int level = 0;
        while (Tile.hashes(level + 1, head.size()) > 0) {
            level++;
        }
        return level;
    }

    /** A tile that is not there is left out: whoever checks the export names it. */
    private void tile(OutputStream out, Tile tile) throws IOException {
        var hashes = transactions.read(tx -> repository.tile(tx, tile));
        if (hashes.isPresent()) {
            line(
                    out,
                    "{\"tile\":\"" + tile.path() + "\",\"hashes\":\""
                            + Base64.getEncoder().encodeToString(hashes.get()) + "\"}");
        }
    }

    private static void line(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(UTF_8));
    }
}
