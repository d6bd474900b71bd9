package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The filter as the kernel applies it, tried by Perl's {@code syscall}. */
class SystemCallTest {
    private static final SystemCalls CALLS = Architecture.current().calls();

    private static Lab lab;
    private static UUID inside;

    @BeforeAll
    static void start() throws Exception {
        lab = new Lab();
        inside = lab.started(Lab.SMALL);
    }

    @AfterAll
    static void end() throws Exception {
        lab.close();
    }

    /** Says the error number of each call with its arguments, 0 for success. */
    private static String errors(String... calls) throws Exception {
        var script = Arrays.stream(calls)
                .map(call -> "$! = 0; syscall(" + call + "); print 0+$!, ' ';")
                .collect(Collectors.joining("\n"));
        return lab.run(inside, "perl <<'END'\n" + script + "\nprint qq(\\n);\nEND\n")
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }

    @Test
    void deniedCallsAreRefused() throws Exception {
        var calls = CALLS.denied().stream()
                .map(number -> number + ", 0, 0, 0, 0, 0")
                .toArray(String[]::new);
        assertThat(errors(calls).split(" ")).hasSize(calls.length).containsOnly("1");
    }

    @Test
    void callsNewerThanTheFilterDoNotExist() throws Exception {
        assertThat(errors("463, 0", "470, 0", "9999, 0", CALLS.clone3() + ", 0, 0", "0x40000000 + 39"))
                .isEqualTo("38 38 38 38 38");
    }

    @Test
    void namespacesCannotBeMadeByCloneEither() throws Exception {
        var clone = CALLS.cloneCall();
        assertThat(errors(
                        clone + ", 0x10000011, 0, 0, 0, 0",
                        clone + ", 0x20011, 0, 0, 0, 0",
                        clone + ", 0x40000011, 0, 0, 0, 0"))
                .isEqualTo("1 1 1");
        assertThat(lab.run(inside, "echo $(echo forked)")).startsWith("forked");
    }

    @Test
    void socketsOfOtherFamiliesAreRefused() throws Exception {
        var socket = CALLS.socket();
        // AF_VSOCK reaches the hypervisor; then AF_ALG, AF_PACKET, AF_BLUETOOTH, AF_TIPC, and netlink for audit.
        assertThat(errors(
                        socket + ", 40, 1, 0",
                        socket + ", 38, 5, 0",
                        socket + ", 17, 3, 0",
                        socket + ", 31, 1, 0",
                        socket + ", 30, 1, 0",
                        socket + ", 16, 3, 9"))
                .isEqualTo("97 97 97 97 97 97");
        assertThat(errors(socket + ", 1, 1, 0", socket + ", 2, 1, 0", socket + ", 10, 1, 0", socket + ", 16, 3, 0"))
                .isEqualTo("0 0 0 0");
    }

    @Test
    void terminalsCannotBeTypedInto() throws Exception {
        var said = lab.run(inside, """
                perl -e 'open(my $pty, "+<", "/dev/ptmx") or die; my $c = "x";
                    ioctl($pty, 0x5412, $c) or print 0+$!, "\\n"; ioctl($pty, 0x541C, $c) or print 0+$!, "\\n";'
                """);
        assertThat(said).startsWith("1\n1\n");
    }

    @Test
    void onlyHarmlessPersonalitiesAreAllowed() throws Exception {
        var personality = CALLS.personality();
        assertThat(errors(
                        personality + ", 0xffffffff",
                        personality + ", 0",
                        personality + ", 0x4000000",
                        personality + ", 0x0400000"))
                .isEqualTo("0 0 1 1");
    }
}
