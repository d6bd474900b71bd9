package dev.cloister.contract.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.api.EraseFromAuditLogRequest;
import dev.cloister.contract.api.ErasedFromAuditLog;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteSignature;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.contract.proof.TileSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/** The tree over the audit log: its heads, hashes, proofs and the whole of it. Nothing of it is checked here. */
public final class AuditLogCalls {
    private static final String LOG = "/audit/log";

    private final ApiConnection connection;

    AuditLogCalls(ApiConnection connection) {
        this.connection = connection;
    }

    /** The key that the server says is its own. Compare it with what the operator published elsewhere. */
    public String key() throws IOException {
        return text(LOG + "/key").strip();
    }

    public SignedNote checkpoint() throws IOException, MalformedProofException {
        return SignedNote.parse(connection.download(Paths.of(LOG + "/checkpoint")));
    }

    public TileSource tiles() {
        return tile -> connection.download(Paths.of(LOG + "/tile/" + tile.path()));
    }

    /** The file that proves one event. */
    public String proof(UUID event) throws IOException {
        return text(LOG + "/proof/" + event);
    }

    /** Writes the log from an index on, a multiple of 256. */
    public void export(long from, OutputStream out) throws IOException {
        connection.download(Paths.of(LOG + "/export?from={}", from), out);
    }

    /**
     * Writes a part of a log, newest first.
     *
     * @param log {@code audit} or {@code connectionlog}
     */
    public void export(String log, String format, String query, OutputStream out) throws IOException {
        connection.download(Paths.of("/" + log + "/export?format={}&q={}", format, query), out);
    }

    /** Erases what the log says of a person whose account was deleted. */
    public ErasedFromAuditLog erase(UUID user, String reason) throws IOException {
        return connection.send(
                "POST",
                Paths.of(LOG + "/erasures"),
                new EraseFromAuditLogRequest(user, reason),
                ErasedFromAuditLog.class);
    }

    /** Gives a witness's cosignature of the head of that size to the server, for its proofs. */
    public void cosign(long size, NoteSignature signature) throws IOException {
        connection.sendText(Paths.of(LOG + "/cosignatures?size={}", size), signature.line() + "\n");
    }

    private String text(String path) throws IOException {
        return new String(connection.download(Paths.of(path)), UTF_8);
    }
}
