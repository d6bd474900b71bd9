package dev.cloister.agent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.cloister.agent.FakeServer;
import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.Manifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class EnrollmentTest {
    private final FakeServer server = new FakeServer(Manifest.getDefaultInstance());

    @Test
    void whatAnEngineWritesIsRead() throws Exception {
        var enrollment = Enrollment.read(input(bootstrap().toByteArray()));

        assertThat(enrollment.agentId()).isEqualTo(FakeServer.AGENT);
        assertThat(enrollment.token().reveal()).isEqualTo("secret");
        assertThat(enrollment.account().home()).isEqualTo(Path.of("/home/ada"));
        assertThat(enrollment.proxy()).isNull();
    }

    @Test
    void theTokenIsNotPrinted() throws Exception {
        assertThat(Enrollment.read(input(bootstrap().toByteArray())).toString()).doesNotContain("secret");
    }

    @Test
    void thePublicHostKeyIsThatOfThePrivateOne() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        for (int i = 0; i < 20; i++) {
            var pair = generator.generateKeyPair();

            var secret = pair.getPrivate().getEncoded();
            assertThat(HostKey.read(secret, new byte[0]).getPublic()).isEqualTo(pair.getPublic());
            var spki = pair.getPublic().getEncoded();
            var point = Arrays.copyOfRange(spki, spki.length - 65, spki.length);
            assertThat(HostKey.read(secret, point).getPublic()).isEqualTo(pair.getPublic());
            point[64] ^= 1;
            assertThatThrownBy(() -> HostKey.read(secret, point)).hasMessageContaining("not on P-256");
        }
    }

    @Test
    void aHostKeyOfAnotherKindIsRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        var other = generator.generateKeyPair().getPrivate().getEncoded();

        assertThatThrownBy(() -> HostKey.read(other, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HostKey.read(new byte[0], new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsMissingOrWrongIsSaid() {
        refused(it -> it.clearToken(), "token is empty");
        refused(it -> it.clearTicketKeys(), "no key to verify");
        refused(it -> it.setServerUrl("ftp://x"), "not an http");
        refused(it -> it.setServerUrl("not a url"), "Illegal character");
        refused(it -> it.setAgentId(ByteString.copyFromUtf8("short")), "16 bytes");
        refused(it -> it.setHome("relative"), "absolute");
        refused(it -> it.setProxySocket("/x"), "no port");
        refused(it -> it.clearSshHostKeyPkcs8(), "host key");
        refused(it -> it.setSshHostKeyPoint(ByteString.copyFromUtf8("short")), "uncompressed point");
        assertThatThrownBy(() -> Enrollment.read(new ByteArrayInputStream(new byte[0])))
                .hasMessageContaining("nothing was written");
    }

    @Test
    void noiseIsRefusedInOrder() {
        var random = new Random(5);
        for (int i = 0; i < 300; i++) {
            var noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);

            assertThatThrownBy(() -> Enrollment.read(new ByteArrayInputStream(noise)))
                    .isInstanceOf(IOException.class);
        }
    }

    private void refused(UnaryOperator<Bootstrap.Builder> change, String why) {
        var changed = change.apply(bootstrap().toBuilder()).build();

        assertThatThrownBy(() -> Enrollment.read(input(changed.toByteArray())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    private Bootstrap bootstrap() {
        return server.bootstrap(3000, "secret", Path.of("/home/ada"));
    }

    private static ByteArrayInputStream input(byte[] message) throws IOException {
        var bytes = new ByteArrayOutputStream();
        Bootstrap.parseFrom(message).writeDelimitedTo(bytes);
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
