package dev.cloister.server.audit.sink.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Syslog (RFC 5424) over TLS with octet counting (RFC 5425). The protocol acknowledges nothing, and what was written into
 * a connection may never be read. So each batch has a connection of its own, and counts when the receiver closes it in
 * turn: one that dies with something unread resets it instead. One that closes properly before it has read everything is
 * believed; there is no way to know better. In the clear only on this machine.
 */
final class SyslogTransport implements Transport {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(25);
    private static final int LOG_AUDIT_NOTICE = 13 * 8 + 5;
    private static final String MARK = "\uFEFF"; // the message is UTF-8 (RFC 5424, 6.4)
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String host;
    private final int port;
    private final boolean encrypted;
    private final int longest;
    private final SSLContext tls;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("syslog-watch").factory());

    SyslogTransport(Opening opening) {
        host = opening.text("host", "");
        port = opening.number("port", 6514);
        encrypted = !opening.text("tls", "true").equals("false");
        longest = opening.number("longest_message", 8192);
        tls = Trust.context(opening.text("ca_certificates"));
    }

    @Override
    public Limits limits() {
        return Limits.OF_HTTP.longest(longest - 128);
    }

    @Override
    public void deliver(Shipment shipment) throws NotDeliveredException {
        try (var socket = connect()) {
            // A write has no time limit of its own: whoever does not read is cut off.
            var end = watch.schedule(() -> cut(socket), WHOLE.toMillis(), TimeUnit.MILLISECONDS);
            try {
                var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
                for (Line line : shipment.lines()) {
                    write(out, shipment.log(), line);
                }
                out.flush();
                socket.shutdownOutput();
                while (socket.getInputStream().read() >= 0) {
                    // receivers say nothing
                }
            } finally {
                end.cancel(false);
            }
        } catch (IOException e) {
            throw NotDeliveredException.passing("the receiver could not be reached or did not take all: " + e);
        }
    }

    private Socket connect() throws IOException {
        var plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            plain.setSoTimeout((int) SILENCE.toMillis());
            plain.setTcpNoDelay(true);
            if (!encrypted) {
                return plain;
            }
            var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (!host.matches("[0-9.]+|.*:.*")) {
                parameters.setServerNames(List.of(new SNIHostName(host)));
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    private static void write(OutputStream out, String log, Line line) throws IOException {
        byte[] message = ("<" + LOG_AUDIT_NOTICE + ">1 " + TIME.format(line.time()) + " " + header(log)
                        + " cloister - audit [cloister@32473 key=\"" + line.key() + "\"] " + MARK + line.text())
                .getBytes(UTF_8);
        out.write((message.length + " ").getBytes(US_ASCII));
        out.write(message);
    }

    /** Printable ASCII without spaces, as a host name must be there. */
    private static String header(String text) {
        String safe = text.replaceAll("[^!-~]", "-");
        return safe.isEmpty() ? "-" : safe.substring(0, Math.min(255, safe.length()));
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
