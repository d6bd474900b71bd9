package dev.cloister.agent.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cloister.agent.FakeServer;
import dev.cloister.agent.RunningAgent;
import dev.cloister.contract.agent.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.kex.KexProposalOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class HybridKeyExchangeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path home;

    @Test
    void bothSidesFindTheSameSecretAndWhatFollowsTheKeyIsLeft() {
        var client = new MlKem().getClient();
        client.init();
        var key = client.getPublicKey();
        var message = Arrays.copyOf(key, key.length + 2);
        message[key.length] = 7;

        var server = new MlKem().getServer();
        assertThat(server.init(message)).containsExactly(7, 0);
        assertThat(server.getEncapsulation()).hasSize(client.getEncapsulationLength());
        assertThat(server.getSecret()).hasSize(32).isEqualTo(client.extractSecret(server.getEncapsulation()));
    }

    @Test
    void keysThatAreNoneAreRefused() {
        var beyond = new byte[MlKem.PUBLIC_KEY_BYTES];
        Arrays.fill(beyond, (byte) 0xff); // coefficients beyond the modulus
        for (var wrong : List.of(new byte[0], new byte[MlKem.PUBLIC_KEY_BYTES - 1], beyond)) {
            assertThatThrownBy(() -> new MlKem().getServer().init(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aClientThatAsksForItGetsASession() throws Exception {
        try (var running = new RunningAgent(home, Manifest.getDefaultInstance());
                var client = SshClient.setUpDefaultClient()) {
            client.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(
                    false, List.of(new HybridKeyExchange()), ClientBuilder.DH2KEX));
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.start();
            int port = running.server.sshPort(FakeServer.everything());
            try (var session =
                    client.connect("ada", "127.0.0.1", port).verify(PATIENCE).getSession()) {
                session.auth().verify(PATIENCE);
                assertThat(session.getNegotiatedKexParameter(KexProposalOption.ALGORITHMS))
                        .isEqualTo(HybridKeyExchange.NAME);
                assertThat(session.executeRemoteCommand("echo through")).isEqualTo("through\n");
            }
        }
    }

    @Test
    void theOpenSshOfThisMachineAgreesWhereItKnowsTheMethod() throws Exception {
        try (var running = new RunningAgent(home, Manifest.getDefaultInstance())) {
            var ssh = new OpenSsh(home, running.server.sshPort(FakeServer.everything()));
            var known = ssh.run(Map.of(), "", List.of("ssh", "-Q", "kex")).output();
            assumeThat(known).contains(HybridKeyExchange.NAME);
            assertThat(ssh.ssh("-oKexAlgorithms=" + HybridKeyExchange.NAME, "ws", "echo through"))
                    .isEqualTo(new OpenSsh.Result(0, "through\n", ""));
        }
    }
}
