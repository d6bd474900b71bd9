package dev.cloister.provisioner.workspacefile;

import java.util.List;
import java.util.regex.Pattern;

/** Finds references to what does not exist, and references where values must not be inserted. */
final class ReferenceCheck {
    /** A shell reads these: a value inserted there would become code. */
    private static final Pattern SHELL = Pattern.compile(
            "(startup|shutdown|scheduled)\\[\\d+]\\.run|apps\\[\\d+]\\.command|metadata\\[\\d+]\\.script");

    /** Filled in: everything that becomes part of a workspace and is neither code nor a name others rely on. */
    private static final Pattern FILLED =
            Pattern.compile("image|directory|cost|resources\\..*|environment\\..*|repository\\..*"
                    + "|apps\\[\\d+]\\.(display_name|url|healthcheck\\.url|icon)|metadata\\[\\d+]\\.display_name"
                    + "|egress\\.allow\\[\\d+]|(startup|shutdown|scheduled)\\[\\d+]\\.name");

    private final YamlDocument document;
    private final References references;
    private final Problems problems;

    ReferenceCheck(YamlDocument document, References references, Problems problems) {
        this.document = document;
        this.references = references;
        this.problems = problems;
    }

    static boolean isFilled(FieldPath path) {
        return FILLED.matcher(path.text()).matches();
    }

    void run() {
        document.texts().forEach((path, text) -> {
            if (isFilled(path)) {
                checkFilled(path, text);
            } else if (TextTemplate.mentionsReference(text)) {
                add(
                        path,
                        SHELL.matcher(path.text()).matches()
                                ? inScript()
                                : "cannot contain references; write the value itself");
            }
        });
    }

    private void checkFilled(FieldPath path, String text) {
        try {
            for (var reference : TextTemplate.parse(text).references().toList()) {
                if (!references.knows(reference)) {
                    add(path, references.unknown(reference));
                }
            }
        } catch (IllegalArgumentException e) {
            add(path, String.valueOf(e.getMessage()));
        }
    }

    private String inScript() {
        var example = List.of("\"$PARAM_REGION\" for the parameter \"region\"");
        return "is run by a shell, where an inserted value would become code; use environment variables instead: "
                + example.getFirst() + ", \"$CLOISTER_WORKSPACE_NAME\", \"$CLOISTER_OWNER_NAME\"";
    }

    private void add(FieldPath path, String message) {
        problems.add(document.place(path), path, message);
    }
}
