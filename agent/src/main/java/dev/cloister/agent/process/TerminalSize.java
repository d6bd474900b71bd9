package dev.cloister.agent.process;

/** Rows and columns of a terminal in characters; what a client sends is brought into 1 to 1,000. */
public record TerminalSize(int rows, int columns) {
    public static final TerminalSize USUAL = new TerminalSize(24, 80);

    private static final int MOST = 1_000;

    public TerminalSize {
        rows = Math.clamp(rows, 1, MOST);
        columns = Math.clamp(columns, 1, MOST);
    }

    /** The usual size in each direction where the client does not know. */
    public static TerminalSize orUsual(int rows, int columns) {
        return new TerminalSize(rows == 0 ? USUAL.rows : rows, columns == 0 ? USUAL.columns : columns);
    }
}
