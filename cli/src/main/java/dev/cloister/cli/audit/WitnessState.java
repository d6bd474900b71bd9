package dev.cloister.cli.audit;

import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.PrivateDirectory;
import dev.cloister.contract.SigningPairs;
import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.contract.proof.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** What a witness keeps, readable by its owner only: its key, and the head that it cosigned last. */
final class WitnessState {
    private static final String KEY = "witness.key";
    private static final String HEAD = "checkpoint";

    private final Path directory;

    private WitnessState(Path directory) {
        this.directory = directory;
    }

    static WitnessState in(Path directory) {
        return new WitnessState(directory);
    }

    /** The key, made at the first start. */
    NoteSigner signer(String name) throws IOException, CommandException {
        Path file = directory.resolve(KEY);
        if (!Files.exists(file)) {
            write(KEY, Base64.getEncoder().encodeToString(SigningPairs.encode(SigningPairs.generate())) + "\n");
        }
        try {
            byte[] pair = Base64.getDecoder().decode(Files.readString(file).strip());
            return NoteSigner.of(name, NoteKey.Use.COSIGNATURE, SigningPairs.decode(pair));
        } catch (MalformedProofException | IllegalArgumentException e) {
            throw CommandException.failure("The key in " + file + " cannot be used: " + e.getMessage() + ".");
        }
    }

    /** The head that was cosigned last. */
    Optional<Checkpoint> head(NoteKey log) throws IOException, CommandException {
        Path file = directory.resolve(HEAD);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Checkpoint.signed(SignedNote.parse(Files.readAllBytes(file)), log));
        } catch (MalformedProofException e) {
            throw CommandException.failure("The head in " + file + " is not one of this log: " + e.getMessage() + ".");
        }
    }

    /** Keeps a head before anybody is given the cosignature of it. */
    void keep(SignedNote note) throws IOException {
        write(HEAD, note.toString());
    }

    /** Keeps what a log showed that it must not have shown. */
    Path evidence(SignedNote note, Instant now) throws IOException {
        String name = "refused-" + now.toString().replace(':', '-');
        write(name, note.toString());
        return directory.resolve(name);
    }

    private void write(String name, String content) throws IOException {
        new PrivateDirectory(directory).write(name, content);
    }
}
