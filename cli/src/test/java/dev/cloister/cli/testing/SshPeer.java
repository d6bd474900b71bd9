package dev.cloister.cli.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** An SSH server as an agent runs one: it lets everybody in who got through to it with any key, and runs their commands. */
public final class SshPeer implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final String hostKey;

    public SshPeer() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        hostKey = PublicKeyEntry.toString(pair.getPublic());
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(pair));
        server.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
        server.setCommandFactory((channel, command) -> ProcessShellCommandFactory.INSTANCE.createCommand(
                channel, "sh -c '" + command.replace("'", "'\\''") + "'"));
        server.start();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", server.getPort());
    }

    /** The host key as an authorized-keys line. */
    public String hostKey() {
        return hostKey;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
