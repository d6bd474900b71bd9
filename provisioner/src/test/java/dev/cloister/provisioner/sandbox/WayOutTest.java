package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cloister.provisioner.egress.EgressLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy, reached from inside a sandbox. */
class WayOutTest implements EgressLog {
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 6);
            exchange.getResponseBody().write("server".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        lab = new Lab(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), this);
    }

    @AfterEach
    void end() throws Exception {
        lab.close();
        server.stop(0);
    }

    private String connect(UUID id, String authority) throws Exception {
        return lab.run(id, """
                perl -MIO::Socket::UNIX -e '
                    my $s = IO::Socket::UNIX->new(Peer => "/run/cloister/egress.sock") or die "no socket: $!";
                    print $s "CONNECT %s HTTP/1.1\\r\\n\\r\\n";
                    my $l = <$s>; print $l;
                    if ($l =~ / 200 /) { <$s>; print $s "GET / HTTP/1.0\\r\\n\\r\\n"; print while <$s>; }'
                """.formatted(authority));
    }

    @Test
    void theServerIsReachedThroughTheSocketAndNothingElseIs() throws Exception {
        var id = lab.started(Lab.SMALL + "egress: {allow: [other.example]}\n");
        var here = "127.0.0.1:" + server.getAddress().getPort();
        assertThat(connect(id, here)).startsWith("HTTP/1.1 200").contains("server");
        for (var target : List.of(
                "127.0.0.1:22",
                "localhost:" + server.getAddress().getPort(),
                "169.254.169.254:80",
                "[::1]:80",
                "1.1.1.1:443")) {
            assertThat(connect(id, target)).as(target).startsWith("HTTP/1.1 403");
        }
        assertThat(refused).hasSize(5).contains(id + " 169.254.169.254:80");
    }

    @Test
    void theSocketComesBackWithTheServer() throws Exception {
        var id = lab.started(Lab.SMALL);
        var here = "127.0.0.1:" + server.getAddress().getPort();
        assertThat(connect(id, here)).contains("server");
        lab.restartEngine();
        lab.engine().reconcile(Set.of(id), Set.of());
        assertThat(connect(id, here)).contains("server");
        assertThat(lab.run(id, "wc -l < ~/starts")).startsWith("1\n");
    }

    @Override
    public void refused(Attempt attempt, String reason, long suppressed) {
        refused.add(attempt.workspaceId() + " " + attempt.host() + ":" + attempt.port());
    }

    @Override
    public void opened(Attempt attempt) {}

    @Override
    public void closed(Attempt attempt, long bytesOut, long bytesIn) {}
}
