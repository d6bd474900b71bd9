package dev.cloister.server.connection;

import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.Terminal;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.api.ConnectionType;
import java.util.UUID;

/** What somebody wants to be connected to in a workspace. */
public sealed interface Wanted {
    /** The agent's SSH server. */
    record Ssh() implements Wanted {}

    /** A TCP port on the workspace's loopback interface. */
    record Port(int number) implements Wanted {}

    /**
     * A terminal that can be left and found again.
     *
     * @param reconnect names the terminal
     * @param command empty for the login shell
     */
    record WebTerminal(UUID reconnect, int height, int width, String command) implements Wanted {}

    /** The channel that the ticket has to allow. */
    default Channel channel() {
        return switch (this) {
            case Ssh ssh -> Channel.SSH;
            case Port port -> Channel.PORT;
            case WebTerminal terminal -> Channel.TERMINAL;
        };
    }

    /** How it is called on the connection log. */
    default ConnectionType type() {
        return switch (this) {
            case Ssh ssh -> ConnectionType.SSH;
            case Port port -> ConnectionType.PORT_FORWARDING;
            case WebTerminal terminal -> ConnectionType.RECONNECTING_PTY;
        };
    }

    /** The port where it is one, for the connection log. */
    default String slugOrPort() {
        return this instanceof Port port ? Integer.toString(port.number()) : "";
    }

    /** What the agent is asked, still without a ticket. */
    default OpenStream.Builder request() {
        var request = OpenStream.newBuilder().setChannel(channel());
        return switch (this) {
            case Ssh ssh -> request;
            case Port port -> request.setPort(port.number());
            case WebTerminal terminal ->
                request.setTerminal(Terminal.newBuilder()
                        .setReconnectId(UuidBytes.of(terminal.reconnect()))
                        .setHeight(terminal.height())
                        .setWidth(terminal.width())
                        .setCommand(terminal.command()));
        };
    }
}
