package dev.cloister.contract.proof.check;

import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.Tile;
import dev.cloister.contract.proof.TileSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A file as it was read, believed in nothing yet. */
record Export(
        String header,
        List<Block.Seen> leaves,
        Map<String, byte[]> tiles,
        List<Block.Problem> problems,
        List<Block.Problem> listProblems,
        long erased) {
    static Export read(Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ);
                var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            long size = file.size();
            var parts = new ArrayList<Future<Block>>();
            for (long start = 0; start < size; start += Block.BYTES) {
                long from = start;
                parts.add(threads.submit(() -> Block.read(file, from, size)));
            }
            return joined(parts);
        }
    }

    private static Export joined(List<Future<Block>> parts) throws IOException {
        var leaves = new ArrayList<Block.Seen>();
        var tiles = new HashMap<String, byte[]>();
        var problems = new ArrayList<Block.Problem>();
        var listProblems = new ArrayList<Block.Problem>();
        String header = "";
        long erased = 0;
        for (var part : parts) {
            Block block = result(part);
            header += block.header;
            block.problems.forEach(problem -> problems.add(problem.after(leaves.size())));
            block.listProblems.forEach(problem -> listProblems.add(problem.after(leaves.size())));
            leaves.addAll(block.leaves);
            tiles.putAll(block.tiles);
            erased += block.erased;
        }
        return new Export(header, leaves, tiles, problems, listProblems, erased);
    }

    private static Block result(Future<Block> part) throws IOException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            var cause = e.getCause();
            var reason = cause == null ? null : cause.getMessage();
            throw new IOException("the export cannot be read: " + reason, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The hashes of a tile as the file has them, in the width that is asked for. */
    Optional<byte[]> tile(Tile tile) {
        byte[] hashes = tiles.get(Block.key(tile));
        return hashes == null || hashes.length < tile.width() * Hash.BYTES
                ? Optional.empty()
                : Optional.of(Arrays.copyOf(hashes, tile.width() * Hash.BYTES));
    }

    TileSource source() {
        return tile -> tile(tile).orElseThrow(() -> new IOException("the tile " + tile.path() + " is missing"));
    }
}
