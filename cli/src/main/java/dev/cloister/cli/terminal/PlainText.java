package dev.cloister.cli.terminal;

/**
 * Takes out of a text whatever could command the terminal it is printed on. Names, log lines and error messages come
 * from templates, workspaces and other people; an escape sequence among them could rewrite the screen, forge output or,
 * on some terminals, type commands.
 */
public final class PlainText {
    private static final char ESCAPE = 0x1b;

    private PlainText() {}

    /** The text on one line: without escape sequences, control characters and marks that change its direction. */
    public static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text; // by far the usual case
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ESCAPE || c == 0x9b) {
                i = endOfSequence(text, i);
            } else if (c == '\t') {
                plain.append("    ");
            } else if (c == '\n') {
                plain.append(' ');
            } else if (harmless(c)) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static boolean harmless(char c) {
        return !Character.isISOControl(c)
                && c != 0x2028
                && c != 0x2029
                && !(c >= 0x202a && c <= 0x202e)
                && !(c >= 0x2066 && c <= 0x2069)
                && c != 0x200e
                && c != 0x200f
                && c != 0x061c;
    }

    /**
     * The index of the last character of the escape sequence that begins here. Covers what ECMA-48 calls control
     * sequences (ESC [ ... letter) and control strings (ESC ] ... BEL or ESC \); of others, the two characters.
     */
    private static int endOfSequence(String text, int start) {
        boolean eightBit = text.charAt(start) != ESCAPE;
        int i = eightBit ? start : start + 1;
        if (i >= text.length()) {
            return text.length() - 1;
        }
        char kind = eightBit ? '[' : text.charAt(i);
        if (kind == '[') {
            i++;
            while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) <= 0x3f) {
                i++;
            }
            // a sequence that breaks off ends before the character which broke it
            return i < text.length() && text.charAt(i) >= 0x40 && text.charAt(i) <= 0x7e ? i : i - 1;
        }
        if (kind == ']' || kind == 'P' || kind == '_' || kind == '^' || kind == 'X') {
            while (++i < text.length()) {
                if (text.charAt(i) == 7) {
                    return i;
                }
                if (text.charAt(i) == ESCAPE) {
                    return i + 1 < text.length() && text.charAt(i + 1) == '\\' ? i + 1 : i - 1;
                }
            }
            return text.length() - 1;
        }
        return kind >= ' ' ? i : i - 1;
    }
}
