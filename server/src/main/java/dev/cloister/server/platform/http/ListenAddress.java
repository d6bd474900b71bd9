package dev.cloister.server.platform.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether an address can be listened on: found out before a database is made, which takes its time. */
public final class ListenAddress {
    private ListenAddress() {}

    /**
     * Listens for a moment.
     *
     * @param setting where the operator named the address
     * @throws BindException with a sentence that says what is in the way and what to do
     */
    public static void check(InetSocketAddress address, String setting) throws BindException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw new BindException(sentence(address, setting, String.valueOf(e.getMessage())));
        }
    }

    private static String sentence(InetSocketAddress address, String setting, String reason) {
        var host = address.getAddress().getHostAddress();
        var shown = (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        var choose = "choose another with --" + setting + ".";
        if (reason.contains("already in use")) {
            return "Another program listens on " + shown + ": end it, or " + choose;
        }
        if (reason.contains("assign requested address")) {
            return "This machine does not have the address " + host + ": " + choose;
        }
        if (reason.contains("Permission denied")) {
            return "This account may not listen on port " + address.getPort() + ", as is usual below 1024: " + choose;
        }
        return "Listening on " + shown + " is not possible (" + reason + "): " + choose;
    }
}
