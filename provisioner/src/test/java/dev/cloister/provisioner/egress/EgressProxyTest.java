package dev.cloister.provisioner.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressProxyTest implements EgressLog {
    @TempDir
    Path directory;

    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final Map<String, String> names = Map.of(
            "good.example",
            "127.0.0.1",
            "inside.example",
            "10.0.0.1",
            "meta.example",
            "169.254.169.254",
            "both.example",
            "127.0.0.1");
    private final UUID workspace = UUID.randomUUID();
    private HttpServer server;
    private EgressProxy proxy;
    private Path socket;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host") + " "
                    + exchange.getRequestHeaders().getFirst("X-Test")
                    + " " + exchange.getRequestHeaders().getFirst("Proxy-Authorization") + " [" + body + "]");
            var answer = "hello".getBytes(ISO_8859_1);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        proxy = new EgressProxy(List.of("127.0.0.0/8"), this, Clock.systemUTC(), this::resolve);
        socket = directory.resolve("egress.sock");
        open(socket, "good.example:" + port(), "inside.example:80", "meta.example");
    }

    private InetAddress[] resolve(String name) throws UnknownHostException {
        if (name.equals("both.example")) {
            return new InetAddress[] {InetAddress.getByName("10.0.0.1"), InetAddress.getByName("127.0.0.1")};
        }
        var address = names.getOrDefault(name, name);
        if (!Character.isDigit(address.charAt(0))) {
            throw new UnknownHostException(name);
        }
        return new InetAddress[] {InetAddress.getByName(address)};
    }

    private void open(Path at, String... allow) throws IOException {
        var rules = Arrays.stream(allow).map(EgressRule::parse).toList();
        var asked = URI.create("http://cloister.test:7777");
        proxy.open(workspace, at, new EgressPolicy(rules, asked, URI.create("http://127.0.0.1:" + port())));
    }

    @AfterEach
    void end() {
        proxy.close();
        server.stop(0);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    /** Sends this and reads until the end. */
    private String ask(String... parts) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            for (var part : parts) {
                channel.write(ByteBuffer.wrap(part.getBytes(ISO_8859_1)));
            }
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), ISO_8859_1);
        }
    }

    private String connect(String authority) throws IOException {
        return ask("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n", "GET /x HTTP/1.0\r\n\r\n");
    }

    @Test
    void aListedNameIsReachedByConnect() throws Exception {
        assertThat(connect("good.example:" + port()))
                .startsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK")
                .endsWith("hello");
        assertThat(connect("GOOD.Example.:" + port())).startsWith("HTTP/1.1 200");
        assertThat(refused).isEmpty();
    }

    @Test
    void theServerIsAlwaysReachedAtItsOldAndItsPresentAddress() throws Exception {
        assertThat(connect("cloister.test:7777")).contains("hello");
        assertThat(connect("127.0.0.1:" + port())).contains("hello");
        assertThat(connect("cloister.test:7778")).startsWith("HTTP/1.1 403");
        assertThat(connect("127.0.0.1:1")).startsWith("HTTP/1.1 403");
    }

    @Test
    void aServerInThisProcessTakesItsConnectionsItself() throws Exception {
        var taken = new CopyOnWriteArrayList<SocketChannel>();
        proxy.serverDoor(connection -> {
            taken.add(connection);
            Thread.ofVirtual().start(() -> answerItself(connection));
        });

        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var established = "HTTP/1.1 200 Connection established\r\n\r\n";
            channel.write(ByteBuffer.wrap("CONNECT cloister.test:7777 HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1)));
            var in = Channels.newInputStream(channel);
            assertThat(new String(in.readNBytes(established.length()), ISO_8859_1))
                    .isEqualTo(established);
            channel.write(ByteBuffer.wrap("hello?".getBytes(ISO_8859_1)));
            assertThat(new String(in.readAllBytes(), ISO_8859_1)).isEqualTo("by hand");
        }
        // Whoever does not wait for the proxy's answer takes the long way; all is said in one piece, so none comes
        // late.
        assertThat(ask("CONNECT 127.0.0.1:" + port() + " HTTP/1.1\r\n\r\nGET /x HTTP/1.0\r\n\r\n"))
                .endsWith("hello");
        assertThat(connect("good.example:" + port())).endsWith("hello");
        assertThat(connect("cloister.test:7778")).startsWith("HTTP/1.1 403");
        assertThat(taken).hasSize(1);
    }

    private static void answerItself(SocketChannel connection) {
        try (connection) {
            connection.read(ByteBuffer.allocate(100));
            connection.write(ByteBuffer.wrap("by hand".getBytes(ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theEndOfAWorkspaceEndsWhatTheServerHasTaken() throws Exception {
        var taken = new CompletableFuture<SocketChannel>();
        proxy.serverDoor(taken::complete);
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap("CONNECT cloister.test:7777 HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1)));
            var connection = taken.get(5, TimeUnit.SECONDS);
            assertThat(connection.isOpen()).isTrue();

            proxy.close(workspace);

            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void whatIsNotListedIsRefusedAndToldToTheLog() throws Exception {
        assertThat(connect("evil.example:443"))
                .startsWith("HTTP/1.1 403 Forbidden")
                .endsWith("evil.example:443 is not on this workspace's egress list.\n");
        assertThat(connect("good.example:22")).startsWith("HTTP/1.1 403");
        assertThat(connect("sub.good.example:" + port())).startsWith("HTTP/1.1 403");
        assertThat(connect("169.254.169.254:80")).startsWith("HTTP/1.1 403");
        assertThat(connect("[::1]:80")).startsWith("HTTP/1.1 403");
        assertThat(refused).hasSize(5).first().asString().startsWith("evil.example:443 evil.example:443 is not on");
    }

    @Test
    void aListedNameThatLeadsInsideIsRefusedAfterResolution() throws Exception {
        assertThat(connect("inside.example:80"))
                .startsWith("HTTP/1.1 403")
                .contains("The name leads to 10.0.0.1, but it is a private");
        assertThat(connect("meta.example:80")).contains("metadata service");
    }

    @Test
    void amongSeveralAddressesOnlyPermittedOnesAreTried() throws Exception {
        open(socket, "both.example:" + port());
        assertThat(connect("both.example:" + port())).contains("hello");
    }

    @Test
    void aNameThatDoesNotResolveIsNoRefusal() throws Exception {
        open(socket, "nowhere.example");
        assertThat(connect("nowhere.example:443")).startsWith("HTTP/1.1 502").contains("cannot be resolved");
        assertThat(refused).isEmpty();
    }

    @Test
    void requestsInAbsoluteFormAreForwardedWithTheirBodies() throws Exception {
        var url = "http://good.example:" + port();
        var host = "Host: good.example:" + port() + "\r\n";
        assertThat(ask("GET " + url + "/a?b#c HTTP/1.1\r\n" + host
                        + "X-Test: 1\r\nProxy-Authorization: secret\r\n\r\n"))
                .endsWith("hello");
        assertThat(ask("POST " + url + " HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\n", "ab", "cde"))
                .endsWith("hello");
        assertThat(ask(
                        "POST " + url + "/c HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n",
                        "3;x=y\r\nabc\r\n",
                        "2\r\nde\r\n0\r\n\r\n"))
                .endsWith("hello");
        var at = "good.example:" + port();
        assertThat(requests)
                .containsExactly(
                        "GET /a?b " + at + " 1 null []",
                        "POST / " + at + " null null [abcde]",
                        "POST /c " + at + " null null [abcde]");
    }

    @Test
    void aSecondRequestBehindTheFirstIsNotForwarded() throws Exception {
        var head = "http://good.example:" + port() + "/1 HTTP/1.1\r\nHost: good.example:" + port() + "\r\n";
        ask("POST " + head + "Content-Length: 2\r\n\r\nab" + "GET /smuggled HTTP/1.1\r\nHost: other\r\n\r\n");
        assertThat(requests).hasSize(1).noneMatch(request -> request.contains("smuggled"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT good.example HTTP/1.1\r\n\r\n",
                "CONNECT good.example:80 HTTP/2.0\r\n\r\n",
                "CONNECT u@good.example:80 HTTP/1.1\r\n\r\n",
                "CONNECT good.example:80 HTTP/1.1\nHost: x\n\n",
                "GET  http://good.example/ HTTP/1.1\r\n\r\n",
                "GET https://good.example/ HTTP/1.1\r\nHost: good.example\r\n\r\n",
                "GET http://u:p@good.example/ HTTP/1.1\r\nHost: good.example\r\n\r\n",
                "GET http://good.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET http://good.example/ HTTP/1.1\r\nHost: good.example\r\nHost: good.example\r\n\r\n",
                "GET http://good.example/ HTTP/1.1\r\n\r\n",
                "GET http://good.example/ HTTP/1.1\r\nHost : good.example\r\n\r\n",
                "GET http://good.example/ HTTP/1.1\r\nHost: good.example\r\n folded: x\r\n\r\n",
                "POST http://good.example/ HTTP/1.1\r\nHost: good.example\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST http://good.example/ HTTP/1.1\r\nHost: good.example\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
                "POST http://good.example/ HTTP/1.1\r\nHost: good.example\r\nContent-Length: +1\r\n\r\n",
                "POST http://good.example/ HTTP/1.1\r\nHost: good.example\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "POST http://good.example/ HTTP/1.1\r\nHost: good.example\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                "CONNECT good.example:80 HTTP/1.1\r\nContent-Length: 5\r\n\r\n",
                "GET http://good.example/\0 HTTP/1.1\r\n\r\n",
                "\r\n\r\n",
                "CONNECT 2130706433:80 HTTP/1.1\r\n\r\n",
                "CONNECT 0x7f000001:80 HTTP/1.1\r\n\r\n"
            })
    void malformedRequestsGoNowhere(String request) throws Exception {
        assertThat(ask(request)).startsWith("HTTP/1.1 400");
        assertThat(requests).isEmpty();
    }

    @Test
    void aHeadIsBounded() throws Exception {
        assertThat(ask("CONNECT good.example:80 HTTP/1.1\r\n" + "A: b\r\n".repeat(101) + "\r\n"))
                .contains("too many fields");
        assertThat(ask("GET http://good.example/ HTTP/1.1\r\nA: " + "x".repeat(40_000)))
                .contains("too large");
    }

    @Test
    void bytesAreCountedAndTold() throws Exception {
        connect("good.example:" + port());
        var deadline = System.nanoTime() + 5_000_000_000L;
        while (closed.isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(closed).singleElement().asString().matches("good.example:[0-9]+ 19 [1-9][0-9]+");
    }

    @Test
    void aFloodOfRefusalsReachesTheLogInDrops() throws Exception {
        for (var i = 0; i < 200; i++) {
            connect("evil.example:443");
        }
        assertThat(refused.size()).isBetween(20, 60);
    }

    @Test
    void connectionsAreBoundedInNumber() throws Exception {
        var open = new ArrayList<SocketChannel>();
        var ended = new AtomicInteger();
        try {
            for (var i = 0; i < 300; i++) {
                open.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            }
            for (var channel : open.subList(280, 300)) {
                if (channel.read(ByteBuffer.allocate(1)) < 0) {
                    ended.incrementAndGet();
                }
            }
            assertThat(ended).hasValue(20);
        } finally {
            for (var channel : open) {
                channel.close();
            }
        }
    }

    @Test
    void muchGoesThroughUnharmed() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            open(socket, "good.example:" + listener.getLocalPort());
            Thread.ofVirtual().start(() -> echo(listener));
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                channel.write(ByteBuffer.wrap(("CONNECT good.example:" + listener.getLocalPort() + " HTTP/1.1\r\n\r\n")
                        .getBytes(ISO_8859_1)));
                var input = Channels.newInputStream(channel);
                assertThat(new String(input.readNBytes(39), ISO_8859_1)).endsWith("\r\n\r\n");
                var data = new byte[20_000_000];
                new Random(1).nextBytes(data);
                Thread.ofVirtual().start(() -> send(channel, data));
                assertThat(input.readAllBytes()).isEqualTo(data);
            }
        }
    }

    private static void echo(ServerSocket listener) {
        try (var client = listener.accept()) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(SocketChannel channel, byte[] data) {
        try {
            var buffer = ByteBuffer.wrap(data);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingAWorkspaceEndsItsConnectionsAndReopeningWorks() throws Exception {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(
                    ByteBuffer.wrap(("CONNECT good.example:" + port() + " HTTP/1.1\r\n\r\n").getBytes(ISO_8859_1)));
            InputStream input = Channels.newInputStream(channel);
            assertThat(input.read()).isEqualTo('H');
            proxy.close(workspace);
            assertThat(input.readAllBytes().length).isLessThan(40);
        }
        assertThat(socket).doesNotExist();
        open(socket, "good.example:" + port());
        assertThat(connect("good.example:" + port())).contains("hello");
    }

    @Test
    void aSocketMayLieAtALongPath() throws Exception {
        var deep = directory.resolve("d".repeat(100));
        Files.createDirectory(deep);
        open(deep.resolve("egress.sock"), "good.example:" + port());
        assertThat(deep.resolve("egress.sock")).exists();
        Files.createSymbolicLink(directory.resolve("s"), deep);
        socket = directory.resolve("s/egress.sock");
        assertThat(connect("good.example:" + port())).contains("hello");
    }

    @Override
    public void refused(Attempt attempt, String reason, long suppressed) {
        refused.add(attempt.host() + ":" + attempt.port() + " " + reason);
    }

    @Override
    public void opened(Attempt attempt) {}

    @Override
    public void closed(Attempt attempt, long bytesOut, long bytesIn) {
        closed.add(attempt.host() + ":" + attempt.port() + " " + bytesOut + " " + bytesIn);
    }
}
