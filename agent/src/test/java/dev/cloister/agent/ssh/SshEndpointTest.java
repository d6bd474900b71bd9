package dev.cloister.agent.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.agent.FakeServer;
import dev.cloister.agent.RunningAgent;
import dev.cloister.contract.agent.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent's SSH server with Debian's own OpenSSH client. */
@Timeout(120)
final class SshEndpointTest {
    @TempDir
    Path directory;

    private RunningAgent running;
    private OpenSsh openSsh;
    private Path home;

    @BeforeEach
    void start() throws Exception {
        home = Files.createDirectory(directory.resolve("home"));
        running = new RunningAgent(
                home,
                Manifest.newBuilder()
                        .setWorkspaceName("dev")
                        .setOwnerUsername("ada")
                        .putEnvironmentVariables("FROM_TEMPLATE", "yes")
                        .build());
        openSsh = new OpenSsh(directory, running.server.sshPort(FakeServer.everything()));
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void outputErrorAndExitStatusArrive() throws Exception {
        var result = openSsh.ssh("ws", "echo out; echo err >&2; exit 3");

        assertThat(result).isEqualTo(new OpenSsh.Result(3, "out\n", "err\n"));
    }

    @Test
    void inputArrivesAndEndsAtEndOfFile() throws Exception {
        assertThat(openSsh.sshWithInput("one\ntwo\n", "ws", "wc -l").output().strip())
                .isEqualTo("2");
    }

    @Test
    void aCommandKilledByASignalIsReportedAsSuch() throws Exception {
        var result = openSsh.ssh("-v", "ws", "kill -KILL $$");

        assertThat(result.status()).isEqualTo(255);
        assertThat(result.error()).contains("exit-signal");
    }

    @Test
    void theEnvironmentIsTheWorkspacesAndTheClientsLocale() throws Exception {
        var result = openSsh.sshIn(
                Map.of("LC_TIME", "C.UTF-8", "LD_PRELOAD_X", "no", "MINE", "1"),
                "-o",
                "SendEnv=LC_TIME MINE LD_PRELOAD_X",
                "ws",
                "env");

        assertThat(result.output().lines())
                .contains(
                        "LC_TIME=C.UTF-8",
                        "MINE=1",
                        "FROM_TEMPLATE=yes",
                        "HOME=" + home,
                        "USER=ada",
                        "CODER=true",
                        "CODER_WORKSPACE_NAME=dev",
                        "CLOISTER_USER=ada",
                        "PWD=" + home)
                .noneMatch(line -> line.startsWith("LD_"))
                .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("token"));
    }

    @Test
    void aTerminalHasTheClientsTypeAndJobControl() throws Exception {
        var script = """
                tty; echo "term=$TERM"
                set -m
                sleep 100 &
                jobs; kill %1; wait; echo jobs-done
                """;
        var result = openSsh.sshIn(Map.of("TERM", "vt220"), "-tt", "ws", "bash -c '" + script + "'");

        assertThat(result.output()).contains("/dev/pts/", "term=vt220", "Running", "jobs-done");
        assertThat(result.status()).isZero();
    }

    @Test
    void aLoginShellReadsTheProfileAndEndsWithItsStatus() throws Exception {
        Files.writeString(home.resolve(".profile"), "echo profile-was-read\n");

        var result = openSsh.sshWithInput("echo in-$0; exit 5\n", "-T", "ws");

        assertThat(result.output()).contains("profile-was-read", "in--bash");
        assertThat(result.status()).isEqualTo(5);
    }

    @Test
    void endOfInputOnATerminalIsControlD() throws Exception {
        var result = openSsh.sshWithInput("hello\n", "-tt", "ws", "cat; echo after");

        assertThat(result.output()).contains("hello", "after");
        assertThat(result.status()).isZero();
    }

    @Test
    void theWindowSizeFollowsTheClient() throws Exception {
        // script(1) gives ssh a terminal of its own, whose size changes while the remote side watches.
        var ssh = String.join(" ", openSsh.command("ssh", "-tt", "ws"))
                + " \"stty size; trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done\"";
        var inner = "stty rows 31 cols 91; t=$(tty); (sleep 2; stty rows 41 cols 141 < $t) & " + ssh;

        var result = openSsh.run(
                Map.of("TERM", "xterm", "SHELL", "/bin/bash"), "", List.of("script", "-qec", inner, "/dev/null"));

        assertThat(result.output()).contains("31 91", "41 141");
    }

    @Test
    void interruptKeyReachesTheForegroundJob() throws Exception {
        // The key is pressed once the remote side has said that it is prepared for it.
        var prepared = directory.resolve("prepared");
        var remote = "trap 'echo got-int; exit 9' INT; touch %s; sleep 30 & wait".formatted(prepared);
        var press = "until [ -e %s ]; do sleep 0.05; done; printf '\\003'".formatted(prepared);
        var ssh = "ssh -F %s -tt ws \"$1\"".formatted(openSsh.configuration());

        var result = openSsh.run(Map.of(), "", List.of("bash", "-c", "(" + press + ") | " + ssh, "press", remote));

        assertThat(result.output()).contains("got-int");
        assertThat(result.status()).isEqualTo(9);
    }

    @Test
    void hangingUpEndsTheSession() throws Exception {
        var marker = directory.resolve("pid");
        var process =
                new ProcessBuilder(openSsh.command("ssh", "ws", "echo $$ > " + marker + "; exec sleep 300")).start();
        RunningAgent.until(
                "the command runs",
                () -> Files.exists(marker) && marker.toFile().length() > 0);
        long pid = Long.parseLong(Files.readString(marker).strip());

        process.destroyForcibly();

        RunningAgent.until("the command is gone", () -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void aHundredMegabytesArriveUnharmed() throws Exception {
        var file = directory.resolve("big");
        openSsh.run(Map.of(), "", List.of("dd", "if=/dev/urandom", "of=" + file, "bs=1M", "count=100"));
        var sum = openSsh.run(Map.of(), "", List.of("sha256sum", file.toString()))
                .output()
                .split(" ")[0];

        var config = openSsh.configuration();
        var down = openSsh.run(
                Map.of(), "", List.of("sh", "-c", "ssh -F %s ws 'cat %s' | sha256sum".formatted(config, file)));
        var up = openSsh.run(Map.of(), "", List.of("sh", "-c", "ssh -F %s ws sha256sum < %s".formatted(config, file)));

        assertThat(down.output()).startsWith(sum);
        assertThat(up.output()).startsWith(sum);
    }

    @Test
    void filesAreCopiedBySftpScpAndRsync() throws Exception {
        var source = Files.writeString(directory.resolve("source.txt"), "content\n");
        var config = openSsh.configuration().toString();

        var scp = openSsh.run(Map.of(), "", List.of("scp", "-F", config, source.toString(), "ws:by-scp"));
        var legacy = openSsh.run(Map.of(), "", List.of("scp", "-O", "-F", config, source.toString(), "ws:by-old-scp"));
        var sftp = openSsh.run(
                Map.of(),
                "pwd\nput " + source + " by-sftp\nls -l\nrename by-sftp by-sftp-2\nmkdir d\nchmod 600 by-sftp-2\n",
                List.of("sftp", "-b", "-", "-F", config, "ws"));
        var rsync = openSsh.run(
                Map.of(), "", List.of("rsync", "-a", "-e", "ssh -F " + config, source.toString(), "ws:by-rsync"));

        assertThat(List.of(scp.error(), legacy.error(), sftp.error(), rsync.error()))
                .containsOnly("");
        assertThat(sftp.output()).contains("Remote working directory: " + home);
        for (var name : List.of("by-scp", "by-old-scp", "by-sftp-2", "by-rsync")) {
            assertThat(home.resolve(name)).content().isEqualTo("content\n");
        }
    }

    @Test
    void sftpDoesNotReachTheAgentsOwnMemory() throws Exception {
        var config = openSsh.configuration().toString();
        Files.createSymbolicLink(home.resolve("link"), Path.of("/proc/self"));
        var batch = "-get /proc/self/environ a\n-get /proc/thread-self/environ b\n-get link/environ c\n-get /proc/"
                + ProcessHandle.current().pid() + "/maps d\n-get /proc/1/stat " + directory.resolve("other") + "\n";

        var result = openSsh.run(Map.of(), batch, List.of("sftp", "-b", "-", "-F", config, "ws"));

        assertThat(result.error()
                        .lines()
                        .filter(line -> line.contains("Permission denied") || line.contains("not found")))
                .as(result.error())
                .hasSize(4);
        assertThat(directory.resolve("other")).isNotEmptyFile();
    }

    @Test
    void onlyModernAlgorithmsAreOffered() throws Exception {
        var result = openSsh.ssh("-vvv", "ws", "true");
        var offered = result.error().substring(result.error().indexOf("peer server KEXINIT proposal"));

        assertThat(result.status()).isZero();
        assertThat(offered)
                .contains(
                        "KEX algorithms: mlkem768x25519-sha256,curve25519-sha256,curve25519-sha256@libssh.org,"
                                + "ecdh-sha2-nistp256,ecdh-sha2-nistp384,",
                        "kex-strict-s-v00@openssh.com",
                        "host key algorithms: ecdsa-sha2-nistp256",
                        "ciphers ctos: aes256-gcm@openssh.com,aes128-gcm@openssh.com",
                        "ciphers stoc: aes256-gcm@openssh.com,aes128-gcm@openssh.com",
                        "MACs ctos: hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com",
                        "compression stoc: none");
        var ours = offered.substring(0, offered.indexOf("reserved 0"));
        assertThat(ours)
                .doesNotContain("sha1")
                .doesNotContain("cbc")
                .doesNotContain("group14")
                .doesNotContain("zlib")
                .doesNotContain("-ctr");
        assertThat(result.error()).contains("will use strict KEX ordering", "kex: algorithm: curve25519-sha256");
    }

    @Test
    void everyOfferedCipherAndKeyExchangeWorks() throws Exception {
        for (var cipher : List.of("aes256-gcm@openssh.com", "aes128-gcm@openssh.com")) {
            assertThat(openSsh.ssh("-c", cipher, "ws", "echo " + cipher).output())
                    .isEqualTo(cipher + "\n");
        }
        for (var kex : List.of("curve25519-sha256", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384")) {
            assertThat(openSsh.ssh("-o", "KexAlgorithms=" + kex, "ws", "echo " + kex)
                            .output())
                    .isEqualTo(kex + "\n");
        }
        assertThat(openSsh.ssh("-c", "chacha20-poly1305@openssh.com", "ws", "true")
                        .status())
                .isEqualTo(255);
    }

    @Test
    void aConnectionSurvivesRekeyingAndAnswersKeepAlives() throws Exception {
        var result = openSsh.ssh(
                "-o", "RekeyLimit=1M", "-o", "ServerAliveInterval=1", "ws", "head -c 20000000 /dev/zero; sleep 2.5");

        assertThat(result.status()).isZero();
        assertThat(result.output()).hasSize(20_000_000);
    }

    @Test
    void aClientThatStopsReadingLosesNothing() throws Exception {
        var process = new ProcessBuilder(openSsh.command("ssh", "ws", "head -c 50000000 /dev/zero; echo end")).start();
        var other = openSsh.ssh("ws", "echo alive");
        assertThat(other.output()).isEqualTo("alive\n");

        assertThat(process.getInputStream().readAllBytes()).hasSize(50_000_004);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theServerHearsOfBothEndsOfAConnection() throws Exception {
        openSsh.ssh("ws", "true");

        RunningAgent.until("both ends are reported", () -> running.server.connections.size() == 2);
        assertThat(running.server.connections.getFirst().getId())
                .isEqualTo(running.server.connections.getLast().getId());
    }
}
