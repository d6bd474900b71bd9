package dev.cloister.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The streams of this process and the person who may sit behind them. Nothing is ever asked unless input and output are
 * a terminal.
 */
public final class Terminal {
    private static final int MAX_LINE = 64 << 10;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean attended;

    private Terminal(InputStream in, PrintStream out, PrintStream err, boolean attended) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.attended = attended;
    }

    /** The terminal or pipes of this process. */
    public static Terminal ofProcess() {
        return new Terminal(System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), true);
    }

    /** Looked up when it is needed, because that alone takes longer than reading a small file. */
    private Optional<Console> console() {
        return attended ? Optional.ofNullable(System.console()).filter(Console::isTerminal) : Optional.empty();
    }

    /** Streams without anybody behind them. */
    public static Terminal unattended(InputStream in, PrintStream out, PrintStream err) {
        return new Terminal(in, out, err, false);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Whether a person can answer questions. */
    public boolean interactive() {
        return console().isPresent();
    }

    /** Whether progress may redraw its line. */
    public boolean redraws() {
        return attended && errorIsTerminal();
    }

    private boolean errorIsTerminal() {
        try {
            var target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException unknown) {
            return interactive(); // systems without /proc
        }
    }

    public InputStream in() {
        return in;
    }

    /** Prints a line of the result, made plain. */
    public void print(String line) {
        out.println(PlainText.of(line));
    }

    public void print(Table table) {
        table.lines().forEach(out::println);
    }

    /** Prints a text of the program's own making, which may have several lines. */
    public void printVerbatim(String text) {
        out.println(text);
    }

    /** Prints a line for the person, not for a program that reads the result, made plain. */
    public void say(String line) {
        err.println(PlainText.of(line));
    }

    public PrintStream err() {
        return err;
    }

    public PrintStream out() {
        return out;
    }

    /** Asks for a line. */
    public String ask(String question) throws NobodyToAskException {
        return answer(require(question).readLine("%s", PlainText.of(question) + ": "))
                .strip();
    }

    /** Asks for a line that is not shown while it is typed. */
    public String askHidden(String question) throws NobodyToAskException {
        var typed = require(question).readPassword("%s", PlainText.of(question) + ": ");
        return answer(typed == null ? null : new String(typed));
    }

    /** Asks for consent; anything but yes is no. */
    public boolean confirm(String question) throws NobodyToAskException {
        var answer = ask(question + " (yes/no)");
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    private Console require(String question) throws NobodyToAskException {
        return console().orElseThrow(() -> new NobodyToAskException(question));
    }

    private static String answer(@Nullable String typed) throws NobodyToAskException {
        if (typed == null) {
            throw new NobodyToAskException("input ended");
        }
        return typed;
    }

    /** The first line of the standard input, for secrets that scripts hand over. */
    public Optional<String> readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() >= MAX_LINE) {
                throw new IOException("The line on the standard input is too long.");
            }
            line.write(c);
        }
        var text = line.toString(StandardCharsets.UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
