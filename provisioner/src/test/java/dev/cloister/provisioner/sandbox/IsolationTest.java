package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Attacks from inside, by programs that every Debian has. */
class IsolationTest {
    private static Lab lab;
    private static UUID inside;
    private static UUID neighbour;

    @BeforeAll
    static void start() throws Exception {
        lab = new Lab();
        inside = lab.started(Lab.SMALL);
        neighbour = lab.started(Lab.SMALL);
        lab.run(neighbour, "echo neighbour-secret > ~/secret; echo neighbour-secret > /tmp/secret");
    }

    @AfterAll
    static void end() throws Exception {
        lab.close();
    }

    private static List<String> lines(String script) throws Exception {
        return Arrays.asList(lab.run(inside, script).split("\n"));
    }

    @Test
    void processesOutsideCanNeitherBeSeenNorSignalled() throws Exception {
        var host = ProcessHandle.current().pid();
        assertThat(lab.run(inside, "ls -d /proc/[0-9]* | wc -l")).matches("[1-9]\\nstatus 0\\n");
        assertThat(lab.run(inside, "kill -9 " + host + "; kill -9 " + lab.supervisor(neighbour)))
                .contains("No such process");
        assertThat(lab.run(inside, "ls -l /proc/*/exe /proc/*/cwd /proc/*/root 2>&1"))
                .doesNotContain(lab.directory.toString());
        assertThat(lab.engine().running(neighbour)).isTrue();
        assertThat(lab.run(
                        inside, "cat /proc/1/environ /proc/2/environ | tr '\\0' '\\n' | grep -v '^CLOISTER_SANDBOX'"))
                .doesNotContain("cloister");
    }

    @Test
    void onlyTheWorkspacesOwnHomeIsThere() throws Exception {
        assertThat(lab.run(inside, "ls /home")).isEqualTo("dev\nstatus 0\n");
        assertThat(lab.run(inside, "ls -A / | tr '\\n' ' '"))
                .matches("((bin|dev|etc|home|lib(32|64|x32)?|opt|proc|run|sbin|tmp|usr|var) )+status 0\\n");
        assertThat(lab.run(inside, "ls -A /tmp /var/tmp /dev/shm /run/user/1000"))
                .doesNotContain("secret");
        assertThat(lab.run(inside, "cat " + lab.data + "/engine.name; ls " + lab.data + " " + lab.directory + "/data"))
                .contains("No such file")
                .contains("status 2");
        assertThat(lab.run(inside, "ls /run /run/cloister"))
                .isEqualTo("/run:\ncloister\nuser\n\n/run/cloister:\negress.sock\nstatus 0\n");
    }

    @Test
    void secretsOfTheHostAreNotThere() throws Exception {
        var said = lab.run(inside, """
                for f in /etc/shadow /etc/gshadow /etc/sudoers /etc/ssh/ssh_host_rsa_key /etc/ssl/private /root /var/log \
                        /var/lib /srv /boot /sys/kernel /etc/pam.d /etc/machine-id /etc/gitconfig /etc/npmrc; do
                    [ -e $f ] && echo "there: $f"
                done
                ls /etc/ssh /etc/ssl 2>/dev/null
                cat /proc/kcore /proc/keys >/dev/null 2>&1 || echo masked
                """);
        assertThat(said)
                .doesNotContain("there:")
                .doesNotContain("key")
                .doesNotContain("private")
                .contains("masked");
    }

    @Test
    void nothingButTheHomeAndMemoryIsWritable() throws Exception {
        var writable = lines("awk '{ split($4, o, \",\"); if (o[1] == \"rw\") print $2 }' /proc/self/mounts | sort");
        assertThat(writable)
                .containsExactlyInAnyOrder(
                        "/dev/full",
                        "/dev/null",
                        "/dev/pts",
                        "/dev/random",
                        "/dev/shm",
                        "/dev/tty",
                        "/dev/urandom",
                        "/dev/zero",
                        "/home/dev",
                        "/proc",
                        "/run",
                        "/tmp",
                        "/var/tmp",
                        "status 0");
        assertThat(lab.run(inside, """
                for d in / /usr /etc /opt /opt/cloister/agent /run/cloister /dev /home /var /proc /proc/sys/kernel; do
                    touch $d/attack 2>/dev/null && echo "written: $d"
                done
                echo b > /proc/sysrq-trigger && echo written
                echo '|/bin/sh' > /proc/sys/kernel/core_pattern && echo written
                echo 0 > /proc/sys/kernel/randomize_va_space && echo written
                rm -f /run/cloister/egress.sock && echo written
                """)).doesNotContain("written");
    }

    @Test
    void devicesAreTheHarmlessOnes() throws Exception {
        assertThat(lines("ls /dev"))
                .containsExactly(
                        "core",
                        "fd",
                        "full",
                        "null",
                        "ptmx",
                        "pts",
                        "random",
                        "shm",
                        "stderr",
                        "stdin",
                        "stdout",
                        "tty",
                        "urandom",
                        "zero",
                        "status 0");
        assertThat(lab.run(inside, "mknod ~/sda b 8 0 && echo made; mknod ~/kmsg c 1 11 && echo made"))
                .doesNotContain("made");
    }

    @Test
    void theNetworkIsEmpty() throws Exception {
        try (var server = new ServerSocket(0)) {
            var said = lab.run(inside, """
                    tail -n +3 /proc/net/dev | cut -d: -f1
                    for a in 169.254.169.254/80 1.1.1.1/443 10.0.0.1/22 127.0.0.1/%d 127.0.0.1/22; do
                        bash -c "echo > /dev/tcp/$a" 2>/dev/null && echo "reached $a"
                    done
                    bash -c 'echo > /dev/udp/1.1.1.1/53' 2>/dev/null && echo reached udp
                    getent hosts example.com && echo resolved
                    tail -n +2 /proc/net/unix | wc -l
                    """.formatted(server.getLocalPort()));
            assertThat(said.strip())
                    .startsWith("lo\n")
                    .doesNotContain("reached")
                    .doesNotContain("resolved")
                    .endsWith("\n0\nstatus 0");
        }
    }

    @Test
    void privilegesCannotBeGained() throws Exception {
        assertThat(lab.run(inside, "grep -E 'Cap|NoNew|Seccomp:' /proc/self/status | tr -d '\\t'"))
                .isEqualTo("""
                        CapInh:0000000000000000
                        CapPrm:0000000000000000
                        CapEff:0000000000000000
                        CapBnd:0000000000000000
                        CapAmb:0000000000000000
                        NoNewPrivs:1
                        Seccomp:2
                        status 0
                        """);
        assertThat(lab.run(inside, """
                su -c 'echo gained' root </dev/null
                sudo -n echo gained
                mount -t tmpfs none /tmp && echo gained
                umount /tmp && echo gained
                mount -o remount,rw /usr && echo gained
                for options in -U -Ur -m -p -n -i -u -C; do unshare $options true && echo gained; done
                chroot / true && echo gained
                hostname other && echo gained
                date -s 2001-01-01 && echo gained
                cp /bin/sh ~/sh && chmod 6755 ~/sh && ~/sh -p -c 'id -u; id -ru'
                """)).doesNotContain("gained").contains("\n1000\n1000\n");
    }

    @Test
    void noDescriptorOfTheHostLeaksIn() throws Exception {
        assertThat(lab.run(inside, "ls -l /proc/1/fd /proc/2/fd /proc/self/fd"))
                .doesNotContain(lab.directory.toString());
        assertThat(lab.run(inside, "ulimit -Hc")).startsWith("0\n");
    }

    @Test
    void theAgentsLogIsBounded() throws Exception {
        lab.run(inside, "yes attack | head -c 8000000 > /proc/2/fd/2");
        assertThat(Files.size(lab.workspace(inside).agentLog())).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    @RootOnly
    void everyWorkspaceHasAHostUserOfItsOwn() throws Exception {
        var users = List.of(inside, neighbour).stream()
                .map(IsolationTest::insideUser)
                .toList();
        assertThat(users)
                .doesNotHaveDuplicates()
                .allSatisfy(uid -> assertThat(uid).isBetween(1_900_000_000L, 1_999_999_999L));
    }

    private static long insideUser(UUID workspace) {
        try {
            return ProcessTable.descendants(lab.supervisor(workspace)).stream()
                    .filter(pid -> ProcessTable.namespacePids(pid).size() > 1)
                    .mapToLong(pid -> ProcessTable.user(pid).orElse(0))
                    .findFirst()
                    .orElseThrow();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @RootOnly
    void theHostsFileSystemHoldsNothingAWorkspacesUserCouldEnter() throws Exception {
        var uid = insideUser(inside);
        var peek = Commands.run(
                Lab.PATIENCE,
                HostProbe.dropTo((int) uid).getFirst(),
                "--reuid=" + uid,
                "--regid=" + uid,
                "--clear-groups",
                "ls",
                lab.data.toString());
        assertThat(peek.succeeded()).isFalse();
        assertThat(Files.getPosixFilePermissions(lab.data)).hasSize(3);
        assertThat(Files.list(Path.of("/mnt")).map(Path::toString)).doesNotContain("/mnt/volume", "/mnt/run");
    }
}
