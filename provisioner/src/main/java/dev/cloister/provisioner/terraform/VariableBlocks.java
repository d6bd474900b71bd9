package dev.cloister.provisioner.terraform;

import dev.cloister.provisioner.TemplateVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code variable} blocks of a file in HCL: as much of the language as it takes to find them and the texts of their
 * arguments. Strings, heredocs, comments and brackets are stepped over as the language has them; whatever else is there
 * is left to Terraform.
 */
final class VariableBlocks {
    private final String text;
    private int at;

    VariableBlocks(String text) {
        this.text = text;
    }

    List<TemplateVariable> read() {
        var found = new ArrayList<TemplateVariable>();
        while (skipSpace()) {
            String word = word();
            if (word.isEmpty()) {
                skipToken();
            } else if (word.equals("variable")) {
                var variable = variable();
                if (variable != null) {
                    found.add(variable);
                }
            } else {
                skipToBody();
            }
        }
        return found;
    }

    /** Past what comes before a body, such as labels, and past the body. */
    private void skipToBody() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '{') {
                skipToken();
                return;
            }
            if (c == '\n') {
                return;
            }
            skipToken();
        }
    }

    private @Nullable TemplateVariable variable() {
        skipSpace();
        String name = label();
        skipSpace();
        if (name.isEmpty() || at >= text.length() || text.charAt(at) != '{') {
            return null;
        }
        at++;
        var arguments = arguments();
        String type = arguments.getOrDefault("type", "any");
        String fallback = arguments.get("default");
        return new TemplateVariable(
                name,
                unquoted(arguments.getOrDefault("description", "")),
                type.startsWith("\"") ? unquoted(type) : type,
                fallback == null ? null : fallback.equals("null") ? "" : unquoted(fallback),
                arguments.getOrDefault("sensitive", "").equals("true"));
    }

    private String label() {
        if (at < text.length() && text.charAt(at) == '"') {
            int from = at;
            skipToken();
            return unquoted(text.substring(from, at));
        }
        return word();
    }

    /** The arguments of a body up to its closing bracket, by name, as they are written. */
    private Map<String, String> arguments() {
        var arguments = new TreeMap<String, String>();
        while (skipSpace() && text.charAt(at) != '}') {
            String name = word();
            skipBlanks();
            if (!name.isEmpty() && at < text.length() && text.charAt(at) == '=') {
                at++;
                skipBlanks();
                int from = at;
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '}' && !comment()) {
                    skipToken();
                }
                arguments.put(name, text.substring(from, at).strip());
            } else if (name.isEmpty()) {
                skipToken();
            } else {
                skipToBody();
            }
        }
        at = Math.min(text.length(), at + 1);
        return arguments;
    }

    private String word() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(from, at);
    }

    private boolean comment() {
        return text.startsWith("#", at) || text.startsWith("//", at) || text.startsWith("/*", at);
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** Past blanks, lines and comments; whether there is more. */
    private boolean skipSpace() {
        while (at < text.length()) {
            if (comment()) {
                skipComment();
            } else if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipComment() {
        String end = text.startsWith("/*", at) ? "*/" : "\n";
        int found = text.indexOf(end, at + 1);
        at = found < 0 ? text.length() : found + end.length();
    }

    /** One character, or a whole string, heredoc, comment or bracketed part. */
    private void skipToken() {
        if (at >= text.length()) {
            return;
        }
        if (comment()) {
            skipComment();
        } else if (text.charAt(at) == '"') {
            skipString();
        } else if (text.startsWith("<<", at)) {
            skipHeredoc();
        } else if ("{[(".indexOf(text.charAt(at)) >= 0) {
            skipBracketed();
        } else {
            at++;
        }
    }

    private void skipBracketed() {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if ("{[(".indexOf(c) >= 0) {
                depth++;
                at++;
            } else if ("}])".indexOf(c) >= 0) {
                depth--;
                at++;
                if (depth == 0) {
                    return;
                }
            } else {
                skipToken();
            }
        }
    }

    /** A string can hold expressions, which can hold strings. */
    private void skipString() {
        at++;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            if (text.charAt(at) == '\\') {
                at += 2;
            } else if (text.startsWith("$${", at) || text.startsWith("%%{", at)) {
                at += 3;
            } else if (text.startsWith("${", at) || text.startsWith("%{", at)) {
                at++;
                skipBracketed();
            } else {
                at++;
            }
        }
        at = Math.min(text.length(), at + 1);
    }

    private void skipHeredoc() {
        at += 2;
        if (at < text.length() && text.charAt(at) == '-') {
            at++;
        }
        String end = word();
        if (end.isEmpty()) {
            return;
        }
        int line = text.indexOf('\n', at);
        while (line >= 0) {
            int next = text.indexOf('\n', line + 1);
            String content = text.substring(line + 1, next < 0 ? text.length() : next);
            if (content.strip().equals(end)) {
                at = next < 0 ? text.length() : next;
                return;
            }
            line = next;
        }
        at = text.length();
    }

    /** The text of a plain string; anything else stays as it is written. */
    private static String unquoted(String written) {
        if (written.length() < 2 || !written.startsWith("\"") || !written.endsWith("\"")) {
            return written;
        }
        var plain = new StringBuilder();
        for (int i = 1; i < written.length() - 1; i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < written.length() - 1) {
                c = switch (written.charAt(++i)) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    default -> written.charAt(i);
                };
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
