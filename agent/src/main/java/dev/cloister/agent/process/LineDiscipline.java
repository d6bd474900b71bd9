package dev.cloister.agent.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;

/**
 * The terminal modes an SSH client asks for, by their opcodes (RFC 4254, 8), applied to {@code struct termios} as Linux
 * has it. Opcodes not listed here, and speeds, are ignored, as the RFC allows.
 */
public final class LineDiscipline {
    private static final int SIZE = 60;
    private static final long INPUT = 0;
    private static final long OUTPUT = 4;
    private static final long LOCAL = 12;
    private static final long CHARACTERS = 17;
    private static final int DISABLED = 255;

    private static final MethodHandle GET = Libc.withErrno("tcgetattr", Libc.intOf(Libc.INT, Libc.POINTER));
    private static final MethodHandle SET = Libc.withErrno("tcsetattr", Libc.intOf(Libc.INT, Libc.INT, Libc.POINTER));

    private record Flag(long field, int bit) {}

    /** Opcode to index in {@code c_cc}. */
    private static final Map<Integer, Integer> SPECIAL = Map.ofEntries(
            Map.entry(1, 0), // VINTR
            Map.entry(2, 1), // VQUIT
            Map.entry(3, 2), // VERASE
            Map.entry(4, 3), // VKILL
            Map.entry(5, 4), // VEOF
            Map.entry(6, 11), // VEOL
            Map.entry(7, 16), // VEOL2
            Map.entry(8, 8), // VSTART
            Map.entry(9, 9), // VSTOP
            Map.entry(10, 10), // VSUSP
            Map.entry(12, 12), // VREPRINT
            Map.entry(13, 14), // VWERASE
            Map.entry(14, 15), // VLNEXT
            Map.entry(18, 13)); // VDISCARD

    private static final Map<Integer, Flag> FLAGS = Map.ofEntries(
            Map.entry(30, new Flag(INPUT, 0x0004)), // IGNPAR
            Map.entry(31, new Flag(INPUT, 0x0008)), // PARMRK
            Map.entry(32, new Flag(INPUT, 0x0010)), // INPCK
            Map.entry(33, new Flag(INPUT, 0x0020)), // ISTRIP
            Map.entry(34, new Flag(INPUT, 0x0040)), // INLCR
            Map.entry(35, new Flag(INPUT, 0x0080)), // IGNCR
            Map.entry(36, new Flag(INPUT, 0x0100)), // ICRNL
            Map.entry(38, new Flag(INPUT, 0x0400)), // IXON
            Map.entry(39, new Flag(INPUT, 0x0800)), // IXANY
            Map.entry(40, new Flag(INPUT, 0x1000)), // IXOFF
            Map.entry(41, new Flag(INPUT, 0x2000)), // IMAXBEL
            Map.entry(42, new Flag(INPUT, 0x4000)), // IUTF8
            Map.entry(50, new Flag(LOCAL, 0x0001)), // ISIG
            Map.entry(51, new Flag(LOCAL, 0x0002)), // ICANON
            Map.entry(53, new Flag(LOCAL, 0x0008)), // ECHO
            Map.entry(54, new Flag(LOCAL, 0x0010)), // ECHOE
            Map.entry(55, new Flag(LOCAL, 0x0020)), // ECHOK
            Map.entry(56, new Flag(LOCAL, 0x0040)), // ECHONL
            Map.entry(57, new Flag(LOCAL, 0x0080)), // NOFLSH
            Map.entry(58, new Flag(LOCAL, 0x0100)), // TOSTOP
            Map.entry(59, new Flag(LOCAL, 0x8000)), // IEXTEN
            Map.entry(60, new Flag(LOCAL, 0x0200)), // ECHOCTL
            Map.entry(61, new Flag(LOCAL, 0x0800)), // ECHOKE
            Map.entry(70, new Flag(OUTPUT, 0x0001)), // OPOST
            Map.entry(72, new Flag(OUTPUT, 0x0004)), // ONLCR
            Map.entry(73, new Flag(OUTPUT, 0x0008)), // OCRNL
            Map.entry(74, new Flag(OUTPUT, 0x0010)), // ONOCR
            Map.entry(75, new Flag(OUTPUT, 0x0020))); // ONLRET

    /** What every terminal here starts with: UTF-8 line editing. */
    public static final LineDiscipline USUAL = new LineDiscipline(Map.of(42, 1));

    private final Map<Integer, Integer> modes;

    /** @param modes opcode to value */
    public LineDiscipline(Map<Integer, Integer> modes) {
        this.modes = Map.copyOf(modes);
    }

    void applyTo(int terminal) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var termios = arena.allocate(SIZE, 4);
            check((int) GET.invokeExact(Libc.state(), terminal, termios));
            modes.forEach((opcode, value) -> apply(termios, opcode, value));
            check((int) SET.invokeExact(Libc.state(), terminal, 0, termios));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    private static void apply(MemorySegment termios, int opcode, int value) {
        var special = SPECIAL.get(opcode);
        if (special != null) {
            termios.set(JAVA_BYTE, CHARACTERS + special, value == DISABLED ? 0 : (byte) value);
        }
        var flag = FLAGS.get(opcode);
        if (flag != null) {
            int bits = termios.get(JAVA_INT, flag.field);
            termios.set(JAVA_INT, flag.field, value == 0 ? bits & ~flag.bit : bits | flag.bit);
        }
    }

    private static void check(int result) throws IOException {
        if (result != 0) {
            throw new IOException("the terminal's modes could not be set");
        }
    }
}
