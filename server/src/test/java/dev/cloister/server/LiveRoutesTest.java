package dev.cloister.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Route;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every WebSocket and every stream of events there is: none can be opened by a page of another origin (cross-site
 * WebSocket hijacking), and none outlives the rights of whoever opened it.
 */
class LiveRoutesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    private static ArrangedServer arranged;

    @BeforeAll
    static void start() throws Exception {
        arranged = new ArrangedServer(directory);
    }

    @AfterAll
    static void stop() {
        if (arranged != null) {
            arranged.close();
        }
    }

    private static List<Route> live() {
        var live = arranged.server.routes().all().stream()
                .filter(route -> isSocket(route) || isStream(route))
                .toList();
        assertThat(live).hasSizeGreaterThan(10);
        return live;
    }

    private static boolean isSocket(Route route) {
        return route.endpoint() instanceof Route.Upgrade;
    }

    private static boolean isStream(Route route) {
        return route.operation().answers().stream()
                .anyMatch(answer -> answer.body() instanceof Operation.Bytes bytes
                        && bytes.mediaType().equals("text/event-stream"));
    }

    private static List<List<String>> hostileOrigins() {
        int port = arranged.server.url().getPort();
        String own = "http://127.0.0.1:" + port;
        return List.of(
                List.of("null"),
                List.of("http://evil.example"),
                List.of("https://127.0.0.1:" + port),
                List.of("http://127.0.0.1:" + (port - 1)),
                List.of("http://127.0.0.1"),
                List.of(own + ".evil.example"),
                List.of("http://127.0.0.1.evil.example:" + port),
                List.of("http://evil-127.0.0.1:" + port),
                List.of(own + "@evil.example"),
                List.of("http://user@127.0.0.1:" + port),
                List.of("HTTP://127.0.0.1:" + port),
                List.of("http://127.0.0.1.:" + port),
                List.of("http://localhost:" + port),
                List.of(own + "/"),
                List.of(own + " http://evil.example"),
                List.of("file://"),
                List.of(own, "http://evil.example"));
    }

    @Test
    void noPageOfAnotherOriginOpensOne() throws IOException {
        var faults = new ArrayList<String>();
        for (Route route : live()) {
            for (List<String> origins : hostileOrigins()) {
                for (String credential : credentials(route, arranged.owner)) {
                    try (var opened = new Opened(route, credential, origins)) {
                        if (opened.status != 403) {
                            faults.add(route.path() + " with Origin " + origins + " answers " + opened.status);
                        }
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void aCookieWithoutAnOriginOpensNoWebSocket() throws IOException {
        for (Route route : live()) {
            if (isSocket(route) && !(route.access() instanceof Access.AgentOnly)) {
                try (var opened = new Opened(route, cookie(arranged.owner), List.of())) {
                    assertThat(opened.status).as(route.path()).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void ourOwnPageAndAProgramWithATokenAreNotTakenForAForeignPage() throws IOException {
        String own = "http://127.0.0.1:" + arranged.server.url().getPort();
        for (Route route : live()) {
            for (String credential : credentials(route, arranged.owner)) {
                try (var opened = new Opened(route, credential, List.of(own))) {
                    assertThat(opened.status).as(route.path()).isNotEqualTo(403);
                }
            }
            try (var opened =
                    new Opened(route, credentials(route, arranged.owner).getFirst(), List.of())) {
                assertThat(opened.status).as(route.path()).isNotEqualTo(403);
            }
        }
    }

    @Test
    void noneOutlivesTheRightsOfWhoeverOpenedIt() throws IOException {
        arranged.person("watcher");
        roles("watcher", List.of("template-admin"));
        String watcher = arranged.login("watcher");
        var open = openAll(watcher);
        try {
            assertThat(open)
                    .extracting(opened -> opened.path)
                    .contains("watch-ws", "watch", "logs", "watch-metadata-ws");
            roles("watcher", List.of());
            for (Opened opened : open) {
                assertThat(opened.ends()).as("%s ends", opened.path).isTrue();
            }
        } finally {
            for (Opened opened : open) {
                opened.close();
            }
        }
    }

    @Test
    void noneOutlivesTheSessionThatOpenedIt() throws IOException {
        arranged.person("leaver");
        roles("leaver", List.of("template-admin"));
        String leaver = arranged.login("leaver");
        var open = openAll(leaver);
        assertThat(arranged.server
                        .send("POST", "/api/v2/users/logout", leaver, null)
                        .statusCode())
                .isEqualTo(200);
        for (Opened opened : open) {
            assertThat(opened.ends()).as("%s ends", opened.path).isTrue();
            opened.close();
        }
    }

    private static List<Opened> openAll(String token) throws IOException {
        var open = new ArrayList<Opened>();
        for (Route route : live()) {
            boolean ofPeople = route.access() instanceof Access.Right;
            if (ofPeople) {
                var opened = new Opened(route, "Coder-Session-Token: " + token, List.of());
                if (opened.status == 101 || opened.status == 200) {
                    open.add(opened);
                } else {
                    opened.close();
                }
            }
        }
        return open;
    }

    private static void roles(String name, List<String> roles) {
        var answer =
                arranged.server.send("PUT", "/api/v2/users/" + name + "/roles", arranged.owner, Map.of("roles", roles));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String cookie(String token) {
        return "Cookie: coder_session_token=" + token;
    }

    private static List<String> credentials(Route route, String token) {
        return route.access() instanceof Access.AgentOnly
                ? List.of("Coder-Session-Token: " + arranged.agentToken)
                : List.of("Coder-Session-Token: " + token, cookie(token));
    }

    /** One attempt, by hand, with exactly these headers. */
    private static final class Opened implements AutoCloseable {
        private static final int CLOSE = 8;

        private final Socket socket;
        private final DataInputStream in;
        private final String path;
        private final boolean isSocket;
        private final int status;

        Opened(Route route, String credential, List<String> origins) throws IOException {
            path = route.path().substring(route.path().lastIndexOf('/') + 1);
            isSocket = isSocket(route);
            var url = arranged.server.url();
            socket = new Socket(url.getHost(), url.getPort());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            var request = new StringBuilder("GET " + arranged.path(route.path())
                    + "?reconnect=00000000-0000-0000-0000-000000000001&channel=ssh&follow HTTP/1.1\r\nHost: "
                    + url.getAuthority() + "\r\n" + credential + "\r\n");
            origins.forEach(origin -> request.append("Origin: ").append(origin).append("\r\n"));
            if (isSocket) {
                request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
            }
            socket.getOutputStream().write((request + "\r\n").getBytes(UTF_8));
            in = new DataInputStream(socket.getInputStream());
            String line = line();
            status = line.isEmpty() ? 0 : Integer.parseInt(line.split(" ", 3)[1]);
            while (!line.isEmpty()) {
                line = line();
            }
        }

        /** A line of the head, empty at its end. */
        private String line() throws IOException {
            var text = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                text.append((char) c);
            }
            return text.toString().strip();
        }

        /** Whether the server ends it. */
        boolean ends() {
            try {
                return isSocket ? socketEnds() : streamEnds();
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        private boolean socketEnds() throws IOException {
            while (true) {
                int opcode = in.readUnsignedByte() & 15;
                int length = in.readUnsignedByte();
                long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                in.skipNBytes(size);
                if (opcode == CLOSE) {
                    return true;
                }
            }
        }

        /** A stream of events over HTTP/1.1 ends with a chunk of length 0. */
        private boolean streamEnds() throws IOException {
            var last = new StringBuilder();
            while (true) {
                last.append((char) in.readUnsignedByte());
                if (last.toString().endsWith("\r\n0\r\n")) {
                    return true;
                }
                if (last.length() > 1000) {
                    last.delete(0, 900);
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
