package dev.cloister.agent.tool;

import dev.cloister.agent.splice.SocketStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Carries standard input and output to a host through the way out of the workspace, which is an HTTP proxy. */
final class Connect {
    /** The loopback port of the proxy. */
    static final String WAY_OUT = "CLOISTER_EGRESS_PORT";

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,255}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final int LONGEST_HEAD = 8192;

    private Connect() {}

    static int run(List<String> arguments) {
        var port = String.valueOf(System.getenv(WAY_OUT));
        if (arguments.size() != 2
                || !HOST.matcher(arguments.get(0)).matches()
                || !PORT.matcher(arguments.get(1)).matches()
                || !PORT.matcher(port).matches()) {
            System.err.println("cloister: a host and a port are needed, and a way out of the workspace.");
            return 64;
        }
        try {
            return carry(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)), target(arguments));
        } catch (IOException e) {
            System.err.println("cloister: " + target(arguments) + " cannot be reached: " + e.getMessage());
            return 1;
        }
    }

    private static String target(List<String> arguments) {
        var host = arguments.get(0);
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + arguments.get(1);
    }

    private static int carry(SocketAddress proxy, String target) throws IOException {
        try (var stream = SocketStream.connect(proxy)) {
            stream.output()
                    .write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var head = head(stream.input());
            if (!head.matches("(?s)HTTP/1\\.[01] 200 .*")) {
                System.err.println("cloister: the way out of this workspace refuses " + target + ": "
                        + Asking.readable(head.lines().findFirst().orElse("")));
                return 1;
            }
            Thread.ofVirtual().start(() -> {
                try {
                    copy(System.in, stream.output());
                    stream.closeOutput();
                } catch (IOException _) {
                    stream.close();
                }
            });
            copy(stream.input(), System.out);
            return 0;
        }
    }

    private static String head(InputStream input) throws IOException {
        var head = new ByteArrayOutputStream();
        int end = 0;
        while (end < 4) {
            int next = input.read();
            if (next < 0 || head.size() > LONGEST_HEAD) {
                throw new IOException("the way out of this workspace does not answer");
            }
            head.write(next);
            end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        var chunk = new byte[32 * 1024];
        int length;
        while ((length = from.read(chunk)) >= 0) {
            to.write(chunk, 0, length);
            to.flush();
        }
    }
}
