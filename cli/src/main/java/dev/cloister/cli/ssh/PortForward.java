package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A port of this machine and the port of the workspace that it leads to. */
record PortForward(InetAddress address, int local, int remote) {
    private static final int MAX_FORWARDS = 1000;
    private static final int MAX_PORT = 65535;
    private static final int BACKLOG = 128;
    private static final String RANGE = "[0-9]{1,5}(?:-[0-9]{1,5})?";
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<address>\\[[0-9a-fA-F:.]+\\]|[0-9]+(?:\\.[0-9]+){3}|localhost):)?(?<local>%1$s)(?::(?<remote>%1$s))?"
                    .formatted(RANGE));

    private record Range(int first, int last) {
        int size() {
            return last - first + 1;
        }
    }

    static List<PortForward> parse(List<String> options) throws CommandException {
        var forwards = new ArrayList<PortForward>();
        for (var option : options) {
            for (var part : option.split(",", -1)) {
                addTo(forwards, part.strip());
                if (forwards.size() > MAX_FORWARDS) {
                    throw CommandException.usage("At most " + MAX_FORWARDS + " ports can be forwarded at once.");
                }
            }
        }
        if (forwards.isEmpty()) {
            throw CommandException.usage("Which ports? Add for example --tcp 8080:3000.");
        }
        return forwards;
    }

    private static void addTo(List<PortForward> forwards, String part) throws CommandException {
        var match = FORM.matcher(part);
        if (!match.matches()) {
            throw CommandException.usage(
                    "\"" + part + "\" names no ports. Write it like 8080, 8080:3000 or 127.0.0.1:8080:3000.");
        }
        var local = range(String.valueOf(match.group("local")));
        var remoteText = match.group("remote");
        var remote = remoteText == null ? local : range(remoteText);
        if (local.size() != remote.size()) {
            throw CommandException.usage("The two ranges of \"" + part + "\" are not equally long.");
        }
        var addressText = match.group("address");
        var address = address(addressText == null ? "127.0.0.1" : addressText);
        for (int i = 0; i < local.size() && i <= MAX_FORWARDS; i++) {
            forwards.add(new PortForward(address, local.first() + i, remote.first() + i));
        }
    }

    private static Range range(String text) throws CommandException {
        var ends = text.split("-", -1);
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        if (first < 1 || last > MAX_PORT || first > last) {
            throw CommandException.usage(
                    "\"" + text + "\" is not a port, or not a range of ports, between 1 and 65535.");
        }
        return new Range(first, last);
    }

    private static InetAddress address(String text) throws CommandException {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException wrong) {
            throw CommandException.usage("\"" + text + "\" is not an address of this machine.");
        }
    }

    String localName() {
        return address.getHostAddress() + ":" + local;
    }

    ServerSocket listen() throws CommandException {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(address, local), BACKLOG);
            return socket;
        } catch (IOException taken) {
            throw CommandException.failure("Cannot listen on " + localName() + ": " + taken.getMessage()
                    + ". Choose another port, like --tcp 18080:" + remote + ".");
        }
    }
}
