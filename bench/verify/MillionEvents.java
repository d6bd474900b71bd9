import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.SigningPairs;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.Commitment;
import dev.cloister.contract.proof.GrowingTree;
import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.contract.proof.Tile;
import dev.cloister.contract.proof.check.ExportCheck;
import dev.cloister.contract.proof.check.Verdict;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Verifies an export of many events, and in turn hashes the same file with SHA-256 by one thread, which is what no check
 * can do without. Prints the milliseconds of each round and the medians. See {@code bench/verify/run}.
 */
class MillionEvents {
    private static final List<String> FIELDS =
            List.of("actor_name", "ip", "user_agent", "resource_target", "diff", "additional_fields");
    private static final int SALTS = FIELDS.size() * Commitment.SALT_BYTES;

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        var key = NoteSigner.of("cloister-audit/bench", NoteKey.Use.LOG, SigningPairs.generate());
        Path file = Files.createTempFile("export", ".ndjson");
        try {
            write(file, key, count);
            System.out.printf("%d events, %d MB%n", count, Files.size(file) >> 20);
            long[] checks = new long[rounds];
            long[] hashes = new long[rounds];
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                if (!(new ExportCheck(key.key(), List.of()).check(file) instanceof Verdict.Whole)) {
                    throw new AssertionError("the export is not whole");
                }
                checks[round] = (System.nanoTime() - start) / 1_000_000;
                start = System.nanoTime();
                hash(file);
                hashes[round] = (System.nanoTime() - start) / 1_000_000;
                System.out.printf("verified in %d ms, hashed in %d ms%n", checks[round], hashes[round]);
            }
            Arrays.sort(checks);
            Arrays.sort(hashes);
            System.out.printf(
                    "median: verified in %d ms, hashed in %d ms, ratio %.2f%n",
                    checks[rounds / 2], hashes[rounds / 2], (double) checks[rounds / 2] / hashes[rounds / 2]);
        } finally {
            Files.delete(file);
        }
    }

    private static void hash(Path file) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        try (var channel = FileChannel.open(file)) {
            var buffer = ByteBuffer.allocate(1 << 20);
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        digest.digest();
    }

    /** The leaves are written beside the tree first, since the head stands before them. */
    private static void write(Path file, NoteSigner key, int count) throws Exception {
        Path leaves = Files.createTempFile("leaves", "");
        var tree = new GrowingTree();
        var random = new Random(1);
        try (var out = new BufferedOutputStream(Files.newOutputStream(leaves), 1 << 20)) {
            for (int index = 0; index < count; index++) {
                leaf(out, tree, random, index);
            }
        }
        Map<Tile, byte[]> tiles = new HashMap<>(tree.takeSealed());
        tiles.putAll(tree.edge());
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            String note = key.sign(new Checkpoint(key.key().name(), tree.size(), tree.root()).text())
                    .toString();
            line(out, ApiJson.mapper().writeValueAsString(Map.of("checkpoint", note, "first", 0)));
            for (var tile : tiles.entrySet()) {
                line(out, "{\"tile\":\"" + tile.getKey().path() + "\",\"hashes\":\""
                        + Base64.getEncoder().encodeToString(tile.getValue()) + "\"}");
            }
            Files.copy(leaves, out);
        } finally {
            Files.delete(leaves);
        }
    }

    private static void line(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(UTF_8));
    }

    private static void leaf(OutputStream out, GrowingTree tree, Random random, int index) throws IOException {
        byte[] salts = new byte[SALTS];
        random.nextBytes(salts);
        var values = List.of(
                "person-" + index % 500,
                "192.0.2." + index % 250,
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
                "workspace-" + index % 3000,
                "{'name':{'new':'workspace-1','old':'','secret':false}}".replace('\'', '"'),
                "{'build_reason':'initiator','workspace_owner':'ann'}".replace('\'', '"'));
        var entry = new StringBuilder("{\"v\":1,\"id\":\"00000000-0000-4000-8000-")
                .append(String.format("%012d", index))
                .append("\",\"time\":\"2026-03-01T12:00:00.123456Z\",\"action\":\"create\",\"status_code\":201,")
                .append("\"resource_type\":\"workspace\",\"resource_id\":\"00000000-0000-4000-8000-000000000000\",")
                .append("\"user_id\":\"00000000-0000-4000-8000-000000000001\",\"sealed\":{");
        var opened = new StringBuilder();
        var commitment = new Commitment();
        for (int field = 0; field < FIELDS.size(); field++) {
            String separator = field == 0 ? "\"" : ",\"";
            int salt = field * Commitment.SALT_BYTES;
            entry.append(separator).append(FIELDS.get(field)).append("\":\"");
            entry.append(commitment.to(FIELDS.get(field), salts, salt, values.get(field).getBytes(UTF_8)))
                    .append('"');
            opened.append(separator).append(FIELDS.get(field)).append("\":[\"");
            opened.append(Base64.getEncoder()
                            .encodeToString(Arrays.copyOfRange(salts, salt, salt + Commitment.SALT_BYTES)))
                    .append("\",")
                    .append(ApiJson.mapper().writeValueAsString(values.get(field)))
                    .append(']');
        }
        entry.append("}}");
        tree.add(Hash.leaf(entry.toString().getBytes(UTF_8)));
        line(out, "{\"index\":" + index + ",\"entry\":" + entry + ",\"opened\":{" + opened + "}}");
    }
}
