package dev.cloister.provisioner.sandbox;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.TicketKey;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.provisioner.AgentEnrollment;
import dev.cloister.provisioner.sandbox.WorkspaceDirectory.Durability;
import dev.cloister.provisioner.workspacefile.WorkspaceSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What the agent reads from its standard input: its credentials, and nothing that a process inside could read again. */
final class BootstrapFile {
    /** Inside the sandbox, where the agent offers the proxy to programs that cannot speak to a unix socket. */
    static final int PROXY_PORT = 13128;

    private BootstrapFile() {}

    static void write(WorkspaceDirectory directory, AgentEnrollment agent, HostKey hostKey, String shell)
            throws IOException {
        var bootstrap = Bootstrap.newBuilder()
                .setServerUrl(agent.serverUrl().toString())
                .setAgentId(UuidBytes.of(agent.agentId()))
                .setToken(agent.token().reveal())
                .setSshHostKeyPkcs8(ByteString.copyFrom(hostKey.pkcs8()))
                .setSshHostKeyPoint(ByteString.copyFrom(hostKey.point()))
                .setProxySocket(SandboxArguments.EGRESS_SOCKET)
                .setProxyPort(PROXY_PORT)
                .setCaCertificatesPem(agent.caCertificatesPem())
                .setUser("dev")
                .setHome(WorkspaceSpec.HOME)
                .setShell(shell);
        for (var key : agent.ticketKeys()) {
            bootstrap.addTicketKeys(TicketKey.newBuilder()
                    .setId(key.id())
                    .setEd25519Spki(ByteString.copyFrom(key.key().getEncoded())));
        }
        var bytes = new ByteArrayOutputStream();
        bootstrap.build().writeDelimitedTo(bytes);
        directory.write(directory.bootstrap(), bytes.toByteArray(), "rw-------", Durability.NORMAL);
    }
}
