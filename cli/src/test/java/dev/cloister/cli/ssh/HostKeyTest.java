package dev.cloister.cli.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConfigDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostKeyTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJeUnn7+2J2i4+KqRQjJ7fyWIBp1Xz3Jv6bQ7m0rZ0aA";
    private static final String OTHER =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @TempDir
    Path directory;

    @Test
    void aKeyIsItsTypeAndItsBytes() throws Exception {
        assertThat(HostKey.parse(KEY + " comment\n")).isEqualTo(HostKey.parse(KEY));
        assertThat(HostKey.parse(KEY).type()).isEqualTo("ssh-ed25519");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 !!!!",
                "ssh-ed25519 AAAA",
                "ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAAAQ==",
                "ssh-dss AAAAB3NzaC1kc3M=",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5\n* ssh-rsa AAAAB3NzaC1yc2E=",
                "ssh-ed25519\nAAAAC3NzaC1lZDI1NTE5AAAAIJeUnn7+2J2i4+KqRQjJ7fyWIBp1Xz3Jv6bQ7m0rZ0aA",
                "@cert-authority ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJeUnn7",
                "ssh-ed25519 /////w=="
            })
    void whatIsNoKeyIsRefused(String sent) {
        assertThatThrownBy(() -> HostKey.parse(sent)).isInstanceOf(CommandException.class);
    }

    @Test
    void aNewKeyOfAHostTakesThePlaceOfTheOld() throws Exception {
        var known = new KnownHosts(new ConfigDirectory(directory.resolve("config")));
        known.put("dev.cloister", HostKey.parse(OTHER));
        known.put("other.cloister", HostKey.parse(OTHER));
        known.put("dev.cloister", HostKey.parse(KEY));
        known.put("dev.cloister", HostKey.parse(KEY));
        assertThat(Files.readAllLines(known.file())).containsExactly("other.cloister " + OTHER, "dev.cloister " + KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(known.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void connectionsThatBeginAtOnceLoseNoKey() throws Exception {
        var threads = new ArrayList<Thread>();
        var key = HostKey.parse(KEY);
        for (int i = 0; i < 20; i++) {
            var host = "w" + i + ".cloister";
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    new KnownHosts(new ConfigDirectory(directory)).put(host, key);
                } catch (Exception failed) {
                    throw new AssertionError(failed);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(Files.readAllLines(directory.resolve("known_hosts"))).hasSize(20);
    }
}
