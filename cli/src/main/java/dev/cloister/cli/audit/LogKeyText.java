package dev.cloister.cli.audit;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import java.io.IOException;
import java.nio.file.Files;

/** A public key as it is typed: itself, or the file that holds it. */
final class LogKeyText {
    private static final int LONGEST_FILE = 4096;

    private LogKeyText() {}

    static NoteKey read(CliContext context, String typed, NoteKey.Use use) throws IOException, CommandException {
        var file = context.path(typed);
        String text = typed;
        if (typed.length() < 200 && Files.isRegularFile(file)) {
            if (Files.size(file) > LONGEST_FILE) {
                throw CommandException.usage(typed + " is too long to be a key.");
            }
            text = Files.readString(file);
        }
        try {
            var key = NoteKey.parse(text);
            if (key.use() != use) {
                throw CommandException.usage("This is the key of a " + (use == NoteKey.Use.LOG ? "witness" : "log")
                        + ", and that of a " + (use == NoteKey.Use.LOG ? "log" : "witness") + " is needed.");
            }
            return key;
        } catch (MalformedProofException e) {
            throw CommandException.usage("The key cannot be read: " + e.getMessage() + ".");
        }
    }
}
