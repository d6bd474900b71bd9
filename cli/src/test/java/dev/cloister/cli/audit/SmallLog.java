package dev.cloister.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.contract.SigningPairs;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.GrowingTree;
import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.contract.proof.ProofFile;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.contract.proof.Tile;
import dev.cloister.contract.proof.TiledTree;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log of some entries, and a server that shows it. */
final class SmallLog {
    static final String LOG = "/api/v2/audit/log";

    final NoteSigner signer;
    final List<String> entries = new ArrayList<>();
    private final GrowingTree tree = new GrowingTree();
    private final Map<Tile, byte[]> sealed = new HashMap<>();

    SmallLog(NoteSigner signer, String kind, int count) {
        this.signer = signer;
        grow(kind, count);
    }

    static NoteSigner key() throws Exception {
        return NoteSigner.of("cloister-audit/test", NoteKey.Use.LOG, SigningPairs.generate());
    }

    SmallLog grow(String kind, int count) {
        for (int at = 0; at < count; at++) {
            String entry = "{\"v\":1,\"id\":\"" + kind + entries.size() + "\",\"sealed\":{}}";
            entries.add(entry);
            tree.add(Hash.leaf(entry.getBytes(UTF_8)));
        }
        sealed.putAll(tree.takeSealed());
        return this;
    }

    SignedNote note() {
        return signer.sign(new Checkpoint(signer.key().name(), tree.size(), tree.root()).text());
    }

    private Map<Tile, byte[]> tiles() {
        var all = new HashMap<>(sealed);
        all.putAll(tree.edge());
        return all;
    }

    String export() {
        var text = new StringBuilder(ApiJson.mapper()
                .writeValueAsString(Map.of("cloister_audit_export", 1, "checkpoint", note().toString(), "first", 0)));
        tiles().forEach((tile, hashes) -> text.append("\n{\"tile\":\"" + tile.path() + "\",\"hashes\":\""
                + Base64.getEncoder().encodeToString(hashes) + "\"}"));
        for (int at = 0; at < entries.size(); at++) {
            text.append("\n{\"index\":" + at + ",\"entry\":" + entries.get(at) + ",\"opened\":{}}");
        }
        return text.append('\n').toString();
    }

    String proof(int index) throws Exception {
        var path = new TiledTree(tree.size(), tile -> tiles().get(tile)).inclusion(index);
        String event = "{\"entry\":" + entries.get(index) + ",\"opened\":{}}";
        return new ProofFile(event.getBytes(UTF_8), index, path, note()).toString();
    }

    void show(FakeCloister server) {
        bytes(server, "/checkpoint", note().toString().getBytes(UTF_8));
        bytes(server, "/key", (signer.key() + "\n").getBytes(UTF_8));
        bytes(server, "/export", export().getBytes(UTF_8));
        tiles().forEach((tile, hashes) -> bytes(server, "/tile/" + tile.path(), hashes));
        server.on("POST", LOG + "/cosignatures", call -> new FakeCloister.Answer(204, Map.of(), new byte[0]));
    }

    private static void bytes(FakeCloister server, String path, byte[] bytes) {
        server.answer("GET", LOG + path, new FakeCloister.Answer(200, Map.of(), bytes));
    }
}
