package dev.cloister.contract.proof.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.Tile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines that begin in one part of the file. Parts are read side by side. */
final class Block {
    static final int BYTES = 8 << 20;
    private static final int LONGEST_LINE = 16 << 20;
    private static final String TILE = "{\"tile\":\"";
    private static final String HASHES = "\",\"hashes\":\"";
    private static final String INDEX = "{\"index\":";

    /** A leaf as the file has it. */
    record Seen(long claimed, Hash hash) {}

    /** A leaf or a line that is not as it must be. */
    record Problem(int position, long claimed, String sentence) {
        Problem after(int leaves) {
            return new Problem(leaves + position, claimed, sentence);
        }
    }

    final List<Seen> leaves = new ArrayList<>();
    final Map<String, byte[]> tiles = new HashMap<>();
    final List<Problem> problems = new ArrayList<>();
    /** Where the log is as it was, and what people are shown is not. */
    final List<Problem> listProblems = new ArrayList<>();

    String header = "";
    long erased;

    private final Leaf leaf = new Leaf();

    /** Reads the part that begins at {@code start}; whatever ends the last line is not demanded. */
    static Block read(FileChannel file, long start, long size) throws IOException {
        var block = new Block();
        long from = Math.max(0, start - 1);
        byte[] bytes = bytes(file, from, (int) Math.min(BYTES + (start - from), size - from));
        int at = 0;
        if (start > 0) { // the line that began before belongs to the block before
            at = newline(bytes, 0) + 1;
            if (at == 0) {
                return block;
            }
        }
        int limit = bytes.length;
        bytes = untilLineEnds(file, from, bytes, size);
        while (at < limit) {
            int end = newline(bytes, at);
            end = end < 0 ? bytes.length : end;
            block.line(bytes, at, end, start == 0 && at == 0);
            at = end + 1;
        }
        return block;
    }

    private static byte[] untilLineEnds(FileChannel file, long from, byte[] start, long size) throws IOException {
        byte[] bytes = start;
        int look = Math.max(0, start.length - 1);
        for (int more = 64 << 10; newline(bytes, look) < 0 && from + bytes.length < size; more *= 4) {
            if (bytes.length > BYTES + LONGEST_LINE) {
                throw new IOException("a line is too long for an export of the log");
            }
            byte[] next = bytes(file, from + bytes.length, (int) Math.min(more, size - from - bytes.length));
            int old = bytes.length;
            bytes = Arrays.copyOf(bytes, old + next.length);
            System.arraycopy(next, 0, bytes, old, next.length);
        }
        return bytes;
    }

    private static byte[] bytes(FileChannel file, long from, int count) throws IOException {
        var buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return buffer.array();
    }

    private static int newline(byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private void line(byte[] bytes, int from, int to, boolean first) {
        if (first) {
            header = new String(bytes, from, to - from, UTF_8);
        } else if (starts(bytes, from, to, INDEX)) {
            leaf(bytes, from, to);
        } else if (starts(bytes, from, to, TILE)) {
            tile(new String(bytes, from, to - from, ISO_8859_1));
        } else {
            problems.add(new Problem(leaves.size(), -1, "a line that is neither a tile nor an entry"));
        }
    }

    private void leaf(byte[] bytes, int from, int to) {
        int at = from + INDEX.length();
        long index = 0;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && index < Long.MAX_VALUE / 100) {
            index = index * 10 + (bytes[at++] - '0');
        }
        try {
            if (at >= to || bytes[at] != ',') {
                throw new MalformedProofException("an entry without an index");
            }
            Hash hash = leaf.read(bytes, at + 1, to);
            erased += leaf.erased();
            if (!leaf.problem().isEmpty()) {
                problems.add(new Problem(leaves.size(), index, leaf.problem()));
            }
            if (!leaf.listProblem().isEmpty()) {
                listProblems.add(new Problem(leaves.size(), index, leaf.listProblem()));
            }
            leaves.add(new Seen(index, hash));
        } catch (MalformedProofException | IndexOutOfBoundsException e) {
            problems.add(new Problem(leaves.size(), index, "the entry is not in the form of one"));
            leaves.add(new Seen(index, Hash.EMPTY_ROOT)); // the hash of no entry
        }
    }

    private void tile(String line) {
        int middle = line.indexOf(HASHES);
        try {
            if (middle < 0 || !line.endsWith("\"}")) {
                throw new IllegalArgumentException("not a tile");
            }
            byte[] hashes = Base64.getDecoder().decode(line.substring(middle + HASHES.length(), line.length() - 2));
            String path = line.substring(TILE.length(), middle);
            tiles.put(withoutWidth(path), hashes);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(leaves.size(), -1, "a line that is not in the form of a tile"));
        }
    }

    private static String withoutWidth(String path) {
        int partial = path.indexOf(".p/");
        return partial < 0 ? path : path.substring(0, partial);
    }

    /** The name under which a tile is kept whatever its width. */
    static String key(Tile tile) {
        return withoutWidth(tile.path());
    }

    private static boolean starts(byte[] bytes, int from, int to, String with) {
        if (to - from < with.length()) {
            return false;
        }
        for (int at = 0; at < with.length(); at++) {
            if (bytes[from + at] != with.charAt(at)) {
                return false;
            }
        }
        return true;
    }
}
