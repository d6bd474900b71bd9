package dev.cloister.agent.stream;

import dev.cloister.contract.agent.ListeningPorts;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.Ticket;
import java.io.ByteArrayOutputStream;

/** Tells on which ports of the workspace something listens, and ends. */
public final class ListeningPortsChannel implements StreamChannel {
    private final ListeningSockets sockets;

    public ListeningPortsChannel(ListeningSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public Session open(OpenStream request, Ticket ticket) {
        return stream -> {
            var bytes = new ByteArrayOutputStream();
            ListeningPorts.newBuilder().addAllPorts(sockets.ports()).build().writeDelimitedTo(bytes);
            stream.output().write(bytes.toByteArray());
            stream.output().flush();
            stream.closeOutput();
        };
    }
}
