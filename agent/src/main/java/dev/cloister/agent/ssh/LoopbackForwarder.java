package dev.cloister.agent.ssh;

import java.io.IOException;
import org.apache.sshd.common.forward.DefaultForwarder;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/**
 * Remote forwarding listens on the workspace's loopback, whatever address the client names, as OpenSSH does without
 * {@code GatewayPorts}.
 */
final class LoopbackForwarder extends DefaultForwarder {
    LoopbackForwarder(ConnectionService service) {
        super(service);
    }

    @Override
    public synchronized SshdSocketAddress localPortForwardingRequested(SshdSocketAddress local) throws IOException {
        return super.localPortForwardingRequested(onLoopback(local));
    }

    @Override
    public synchronized void localPortForwardingCancelled(SshdSocketAddress local) throws IOException {
        super.localPortForwardingCancelled(onLoopback(local));
    }

    private static SshdSocketAddress onLoopback(SshdSocketAddress local) {
        return new SshdSocketAddress("127.0.0.1", local.getPort());
    }
}
