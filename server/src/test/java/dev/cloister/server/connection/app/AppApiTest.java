package dev.cloister.server.connection.app;

import static dev.cloister.server.testing.TestApi.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.cloister.server.connection.Arranged;
import dev.cloister.server.connection.FakeAgent;
import dev.cloister.server.connection.LiveConnections;
import dev.cloister.server.connection.Polling;
import dev.cloister.server.platform.sql.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppApiTest {
    private static final String SUFFIX = ".apps.cloister.test:3000";
    private static final String BROWSER = "Accept: text/html,*/*";

    private static Arranged arranged;
    private static URI server;
    private static EchoApp app;
    private static Arranged.Dev dev;
    private static FakeAgent agent;
    private static String alice;
    private static String bob;
    private static String outsider;

    @BeforeAll
    static void arrange() throws IOException {
        arranged = new Arranged(LiveConnections.Limits.DEFAULT, true);
        server = arranged.api.url();
        app = new EchoApp();
        alice = arranged.api.person("alice");
        bob = arranged.api.person("bob");
        outsider = arranged.api.outsider("olga");
        dev = arranged.workspace("alice", "dev");
        for (String sharing : List.of("owner", "authenticated", "organization", "public")) {
            arranged.app(dev, sharing + "s", app.url(), sharing);
        }
        arranged.app(dev, "start", app.url() + "/ide/?folder=/home", "public");
        arranged.app(dev, "away", "http://169.254.169.254/latest", "public");
        agent = FakeAgent.connect(arranged, dev);
        arranged.connected(dev);
    }

    @AfterAll
    static void stop() {
        app.close();
        agent.close();
        arranged.close();
    }

    private static String host(String slugOrPort) {
        return slugOrPort + "--dev--alice" + SUFFIX;
    }

    private static RawHttp.Answer visit(String slug, String path, String... headers) {
        return RawHttp.get(server, host(slug), path, headers);
    }

    private static int as(String token, String slug) {
        return visit(slug, "/", "Coder-Session-Token: " + token).status();
    }

    /** Goes through the sign-in as a browser does; returns the Cookie header for the app's host. */
    private static String signIn(String host, String session) {
        var sent = RawHttp.get(server, host, "/page?a=1", BROWSER);
        assertThat(sent.status()).isEqualTo(303);
        String state = "cloister_app_state=" + sent.cookie("cloister_app_state");
        var code = platform(sent.header("Location").orElseThrow(), session);
        assertThat(code.status()).isEqualTo(303);
        var back = URI.create(code.header("Location").orElseThrow());
        assertThat(back.getAuthority()).isEqualTo(host);
        var entered =
                RawHttp.get(server, host, back.getRawPath() + "?" + back.getRawQuery(), BROWSER, "Cookie: " + state);
        assertThat(entered.status()).isEqualTo(303);
        assertThat(entered.header("Location")).contains("/page?a=1");
        return "Cookie: cloister_app_session=" + entered.cookie("cloister_app_session");
    }

    private static RawHttp.Answer platform(String location, String session) {
        var uri = URI.create(location);
        String cookie = session.isEmpty() ? "X-None: 1" : "Cookie: coder_session_token=" + session;
        return RawHttp.get(server, "cloister.test:3000", uri.getRawPath() + "?" + uri.getRawQuery(), BROWSER, cookie);
    }

    @Test
    void sharingDecidesWhoGetsIn() {
        assertThat(as(alice, "owners")).isEqualTo(200);
        assertThat(as(bob, "owners")).isEqualTo(404);
        assertThat(as(outsider, "owners")).isEqualTo(404);
        assertThat(visit("owners", "/").status()).isEqualTo(401);

        assertThat(as(bob, "organizations")).isEqualTo(200);
        assertThat(as(outsider, "organizations")).isEqualTo(404);
        assertThat(visit("organizations", "/").status()).isEqualTo(401);

        assertThat(as(outsider, "authenticateds")).isEqualTo(200);
        assertThat(visit("authenticateds", "/").status()).isEqualTo(401);

        assertThat(visit("publics", "/").status()).isEqualTo(200);
        assertThat(as(outsider, "publics")).isEqualTo(200);
    }

    @Test
    void anAppGetsItsPathAsItWasSent() {
        String path = "/@scope%2fname/-/one%252Ftwo%25";
        assertThat(visit("publics", path).body()).startsWith("GET " + path + "\n");
        assertThat(RawHttp.get(server, "cloister.test:3000", "/@alice/dev/apps/publics" + path)
                        .body())
                .startsWith("GET " + path + "\n");
    }

    @Test
    void anEscapedSlashOpensNothing() {
        assertThat(visit("owners", "/..%2Fpublics", "Coder-Session-Token: " + bob)
                        .status())
                .isEqualTo(404);
        for (String path : List.of(
                "/@alice%2Fdev/apps/publics/",
                "/@alice/dev%2fapps/publics/",
                "/@alice/dev/apps%2Fpublics/",
                "/api%2Fv2/users/me",
                "/api/v2/users%2Fme",
                "/api/v2/users/%252e%252e/me",
                "/workspaces%2F1")) {
            var answer = RawHttp.get(server, "cloister.test:3000", path, "Coder-Session-Token: " + alice);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.body()).as(path).contains("ambiguous");
        }
        for (String path : List.of("/%2e%2e/x", "/a/%2e%2e%2Fx/%2e/", "//evil.example/", "/a;x=1/..;/b", "/a%5Cb")) {
            assertThat(visit("publics", path).status()).as(path).isEqualTo(400);
        }
    }

    @Test
    void aPortIsItsOwnersAlone() {
        String port = Integer.toString(app.port());
        assertThat(as(alice, port)).isEqualTo(200);
        assertThat(as(bob, port)).isEqualTo(404);
        assertThat(as(outsider, port)).isEqualTo(404);
        assertThat(visit(port, "/").status()).isEqualTo(401);
        assertThat(RawHttp.get(server, app.port() + "--main--dev--alice" + SUFFIX, "/", "Coder-Session-Token: " + alice)
                        .status())
                .isEqualTo(200);
    }

    private static int share(String token, int port, String level) {
        return arranged.api
                .send(
                        "POST",
                        "/api/v2/workspaces/" + dev.workspace() + "/port-share",
                        token,
                        Map.of("agent_name", "main", "port", port, "share_level", level, "protocol", "http"))
                .statusCode();
    }

    private static void most(String level) {
        arranged.sql("UPDATE templates SET max_port_share_level = '%s'", level);
        arranged.announce(Topics.TEMPLATE_CHANGED, UUID.randomUUID());
    }

    @Test
    void aPortIsSharedAsFarAsTheTemplateLets() {
        String port = Integer.toString(app.port());
        String path = "/api/v2/workspaces/" + dev.workspace() + "/port-share";
        try {
            assertThat(share(bob, app.port(), "public")).isEqualTo(404);
            assertThat(share(alice, app.port(), "owner")).isEqualTo(400);
            assertThat(share(alice, 8, "public")).isEqualTo(400);
            assertThat(share(alice, app.port(), "organization")).isEqualTo(200);
            assertThat(as(bob, port)).isEqualTo(200);
            assertThat(as(outsider, port)).isEqualTo(404);
            assertThat(share(alice, app.port(), "authenticated")).isEqualTo(200);
            assertThat(as(outsider, port)).isEqualTo(200);
            assertThat(visit(port, "/").status()).isEqualTo(401);
            assertThat(share(alice, app.port(), "public")).isEqualTo(200);
            assertThat(visit(port, "/").status()).isEqualTo(200);
            assertThat(arranged.api.get(path, alice).body())
                    .isEqualTo("{\"shares\":[{\"workspace_id\":\"" + dev.workspace()
                            + "\",\"agent_name\":\"main\",\"port\":" + port
                            + ",\"share_level\":\"public\",\"protocol\":\"http\"}]}");
            most("organization");
            Polling.until("the lower maximum holds", () -> visit(port, "/").status() == 401);
            assertThat(as(bob, port)).isEqualTo(200);
            assertThat(as(outsider, port)).isEqualTo(404);
            assertThat(share(alice, app.port(), "public")).isEqualTo(403);
        } finally {
            most("public");
            var removed = arranged.api.send("DELETE", path, alice, Map.of("agent_name", "main", "port", app.port()));
            assertThat(removed.statusCode()).isEqualTo(200);
        }
        Polling.until("the port is closed again", () -> as(bob, port) == 404);
        assertThat(arranged.look("SELECT count(*) FROM audit_events WHERE additional_fields ->> 'port' = '%s'", port))
                .isEqualTo("4");
    }

    @Test
    void aPortOnWhichTlsIsSpokenIsServedToo(@TempDir Path directory) throws Exception {
        Path store = directory.resolve("store.p12");
        var made = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool",
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=anything",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(made.waitFor()).isZero();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()), "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(context));
        secure.createContext("/", exchange -> {
            byte[] answer = "over TLS".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (var body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        secure.start();
        try {
            String slug = secure.getAddress().getPort() + "s";
            for (int i = 0; i < 3; i++) {
                var answer = visit(slug, "/", "Coder-Session-Token: " + alice);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertThat(answer.body()).contains("over TLS");
            }
            assertThat(as(bob, slug)).isEqualTo(404);
            // The app that speaks no TLS is not there under this name.
            assertThat(as(alice, app.port() + "s")).isEqualTo(502);
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void theTemplatesMaximumHoldsForItsAppsToo() {
        most("organization");
        try {
            Polling.until("the lower maximum holds", () -> visit("publics", "/").status() == 401);
            assertThat(as(outsider, "publics")).isEqualTo(404);
            assertThat(as(bob, "publics")).isEqualTo(200);
            assertThat(as(outsider, "authenticateds")).isEqualTo(404);
            most("owner");
            Polling.until("the lowest maximum holds", () -> as(bob, "publics") == 404);
            assertThat(as(alice, "publics")).isEqualTo(200);
        } finally {
            most("public");
        }
        Polling.until("the apps are open again", () -> visit("publics", "/").status() == 200);
    }

    @Test
    void nobodyIsToldWhichAppsExist() {
        for (String token : List.of(bob, outsider)) {
            var foreign = visit("owners", "/", "Coder-Session-Token: " + token);
            for (String other : List.of(
                    "nothere--dev--alice",
                    "owners--none--alice",
                    "owners--dev--nobody",
                    "x--y--z",
                    "owners--other--dev--alice")) {
                var none = RawHttp.get(server, other + SUFFIX, "/", "Coder-Session-Token: " + token);
                assertThat(none.status()).as(other).isEqualTo(foreign.status());
                assertThat(none.body()).as(other).isEqualTo(foreign.body());
            }
        }
        var unknown = RawHttp.get(server, "nothere--dev--alice" + SUFFIX, "/", BROWSER);
        assertThat(unknown.status()).isEqualTo(303);
    }

    @Test
    void aScopedTokenReachesOnlyWhatItIsFor() {
        String token = json(arranged.api.send(
                        "POST",
                        "/api/v2/users/me/keys/tokens",
                        alice,
                        Map.of("token_name", "read", "scopes", List.of("workspace:read"))))
                .get("key")
                .asString();
        assertThat(as(token, "owners")).isEqualTo(404);
        assertThat(as(token, "authenticateds")).isEqualTo(404);
    }

    @Test
    void anAppCannotBePointedOutOfTheWorkspace() {
        assertThat(visit("away", "/").status()).isEqualTo(401);
        assertThat(as(alice, "away")).isEqualTo(404);
    }

    @Test
    void theBrowserIsSignedInToOneHostAndTheCodeWorksOnce() {
        String cookie = signIn(host("owners"), alice);
        assertThat(visit("owners", "/", cookie).status()).isEqualTo(200);
        assertThat(visit("authenticateds", "/", cookie).status())
                .as("another app's host")
                .isEqualTo(401);

        var sent = visit("owners", "/", BROWSER);
        String state = "Cookie: cloister_app_state=" + sent.cookie("cloister_app_state");
        var code = URI.create(platform(sent.header("Location").orElseThrow(), alice)
                .header("Location")
                .orElseThrow());
        String target = code.getRawPath() + "?" + code.getRawQuery();
        assertThat(visit("owners", target, BROWSER).status())
                .as("without the browser's state")
                .isEqualTo(400);
        var again = visit("owners", "/", BROWSER, state);
        var fresh = URI.create(platform(again.header("Location").orElseThrow(), alice)
                .header("Location")
                .orElseThrow());
        String freshTarget = fresh.getRawPath() + "?" + fresh.getRawQuery();
        assertThat(visit("authenticateds", freshTarget, BROWSER, state).status())
                .as("on another host")
                .isEqualTo(400);
        var third = visit("owners", "/", BROWSER, state);
        var last = URI.create(platform(third.header("Location").orElseThrow(), alice)
                .header("Location")
                .orElseThrow());
        String lastTarget = last.getRawPath() + "?" + last.getRawQuery();
        assertThat(visit("owners", lastTarget, BROWSER, state).status()).isEqualTo(303);
        assertThat(visit("owners", lastTarget, BROWSER, state).status())
                .as("a second time")
                .isEqualTo(400);
    }

    @Test
    void whoIsNotSignedInIsSentToTheSignInPageFirst() {
        var sent = visit("owners", "/x?y=z", BROWSER);
        var answer = platform(sent.header("Location").orElseThrow(), "");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location").orElseThrow())
                .startsWith("/login?redirect=%2Fapi%2Fv2%2Fapplications%2Fauth-redirect%3Fredirect_uri%3D");
    }

    @Test
    void theSignInLeadsNowhereButToAppHosts() {
        String challenge = "&challenge=" + "0".repeat(64);
        for (String target : List.of(
                "https://evil.example/",
                "http://evil.example/?x=owners--dev--alice" + SUFFIX,
                "http://owners--dev--alice.apps.cloister.test.evil.example/",
                "http://evil.example#.apps.cloister.test:3000/",
                "http://owners--dev--alice.apps.cloister.test:3000@evil.example/",
                "http://evil.example\\@owners--dev--alice.apps.cloister.test:3000/",
                "http://user@owners--dev--alice.apps.cloister.test:3000/",
                "https://owners--dev--alice.apps.cloister.test:3000/",
                "http://owners--dev--alice.apps.cloister.test:4000/",
                "http://owners--dev--alice.apps.cloister.test/",
                "http://a.b.apps.cloister.test:3000/",
                "http://apps.cloister.test:3000/",
                "http://.apps.cloister.test:3000/",
                "http://evilapps.cloister.test:3000/",
                "http://cloister.test:3000/",
                "//evil.example/",
                "/relative",
                "javascript:alert(1)",
                "")) {
            var answer = platform(
                    "http://cloister.test:3000/api/v2/applications/auth-redirect?redirect_uri="
                            + URLEncoder.encode(target, UTF_8) + challenge,
                    alice);
            assertThat(answer.status()).as(target).isEqualTo(400);
        }
        var slashes = platform(
                "http://cloister.test:3000/api/v2/applications/auth-redirect?redirect_uri="
                        + URLEncoder.encode("http://" + host("owners") + "//evil.example/a", UTF_8) + challenge,
                alice);
        assertThat(slashes.header("Location").orElseThrow())
                .startsWith("http://" + host("owners") + "/evil.example/a?");
        assertThat(platform(
                                "http://cloister.test:3000/api/v2/applications/auth-redirect?redirect_uri="
                                        + URLEncoder.encode("http://" + host("owners") + "/", UTF_8),
                                alice)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void nothingOfThePlatformIsServedOnAnAppHost() {
        for (String name : List.of("owners--dev--alice", "x", "-", "a.b", "UPPER", "a--b", "a--b--c--d--e", "")) {
            var answer = RawHttp.get(server, name + SUFFIX, "/api/v2/buildinfo");
            assertThat(answer.body()).as(name).doesNotContain("Route not found").doesNotContain("version");
            assertThat(answer.status()).as(name).isIn(400, 401, 404);
        }
        assertThat(RawHttp.get(server, "owners--dev--alice.apps.cloister.test.evil.example", "/api/v2/users/me")
                        .status())
                .as("an unknown host is the platform's")
                .isEqualTo(401);
        assertThat(RawHttp.get(server, "cloister.test:3000", "/", "X-Forwarded-Host: " + host("publics"))
                        .body())
                .doesNotContain("GET /");
    }

    @Test
    void thePlatformsCookiesAndTokensNeverReachTheApp() {
        String cookie = signIn(host("owners"), alice).substring("Cookie: ".length());
        var seen = visit(
                        "owners",
                        "/show",
                        "Cookie: a=1; coder_session_token=" + alice + "; " + cookie
                                + "; __Host-coder_session_token=x; cloister_app_state=y; b=2",
                        "X-Forwarded-For: 6.6.6.6",
                        "Proxy-Authorization: Basic x",
                        "Connection: X-Hop",
                        "X-Hop: 1")
                .body();
        assertThat(seen)
                .contains("a=1; b=2")
                .doesNotContain(alice)
                .doesNotContain("cloister_app")
                .doesNotContain("coder_session")
                .doesNotContain("6.6.6.6")
                .doesNotContain("X-Hop")
                .doesNotContain("Proxy-Authorization")
                .contains("X-Forwarded-For: 127.0.0.1")
                .contains("Host: " + host("owners"))
                .contains("X-Forwarded-Host: " + host("owners"));

        assertThat(visit("publics", "/show", "Coder-Session-Token: " + alice, "Authorization: Bearer " + alice)
                        .body())
                .doesNotContain(alice);
        assertThat(visit("publics", "/show", "Authorization: Bearer the-apps-own")
                        .body())
                .contains("the-apps-own");
    }

    @Test
    void anAppSetsNoCookieForThePlatform() {
        var answer = visit("publics", "/evil");
        assertThat(answer.all("Set-Cookie")).containsExactly("wide=1; Path=/; HttpOnly", "own=1; Path=/");
        assertThat(answer.header("Alt-Svc")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aPageOfAnotherOriginCannotUseTheVisitorsCookie() {
        String cookie = signIn(host("owners"), alice);
        String own = "Origin: http://" + host("owners");
        String sameWorkspace = "Origin: http://" + host("publics");
        String foreignApp = "Origin: http://evil--other--mallory" + SUFFIX;

        assertThat(visit("owners", "/", cookie, foreignApp).status()).isEqualTo(401);
        assertThat(visit("owners", "/", cookie, "Origin: http://cloister.test:3000")
                        .status())
                .isEqualTo(401);
        assertThat(visit("owners", "/", cookie, "Origin: null").status()).isEqualTo(401);
        assertThat(visit("owners", "/", cookie, "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors")
                        .status())
                .isEqualTo(401);
        assertThat(visit(
                                "owners",
                                "/socket",
                                cookie,
                                foreignApp,
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                        .status())
                .isEqualTo(401);
        assertThat(visit("owners", "/", cookie, own).status()).isEqualTo(200);
        assertThat(visit("owners", "/", cookie, sameWorkspace).status()).isEqualTo(200);
        assertThat(visit("owners", "/", cookie, "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", BROWSER)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWebSocketGoesThroughBothWays() throws IOException {
        String cookie = signIn(host("owners"), alice);
        try (var socket = openSocket(cookie)) {
            socket.raw(masked("hello"));
            assertThat(new String(socket.bytes(7), ISO_8859_1)).isEqualTo("\u0081\u0005hello");
        }
    }

    private static RawHttp openSocket(String cookie) throws IOException {
        var socket = new RawHttp(server);
        socket.send(
                "GET",
                host("owners"),
                "/socket",
                "",
                cookie,
                "Origin: http://" + host("owners"),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        var answer = socket.answer();
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.header("Sec-WebSocket-Accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        return socket;
    }

    /** A text frame of a client (RFC 6455, 5.2), masked with zeros. */
    private static String masked(String text) {
        return "\u0081" + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
    }

    @Test
    void endingTheSessionEndsTheAppsCookieAndItsWebSocketWithinASecond() throws IOException {
        String session = arranged.api.login("alice@example.com");
        String cookie = signIn(host("owners"), session);
        assertThat(visit("owners", "/", cookie).status()).isEqualTo(200);
        try (var socket = openSocket(cookie)) {
            socket.raw(masked("a"));
            socket.bytes(3);
            arranged.api.send("POST", "/api/v2/users/logout", session, null);
            long start = System.nanoTime();
            assertThat(socket.input().read()).isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
        assertThat(visit("owners", "/", cookie).status()).isEqualTo(401);
    }

    @Test
    void stoppingTheWorkspaceEndsWhatIsUnderWay() throws IOException {
        var place = arranged.workspace("alice", "stops");
        arranged.app(place, "web", app.url(), "public");
        try (var its = FakeAgent.connect(arranged, place)) {
            arranged.connected(place);
            String host = "web--stops--alice" + SUFFIX;
            try (var client = new RawHttp(server)) {
                client.send("GET", host, "/stream", "");
                assertThat(client.line()).contains("200");
                while (!client.line().isEmpty()) {
                    // the headers
                }
                assertThat(client.chunk()).isEqualTo("part0");
                arranged.build(place.workspace(), 2, "stop", false);
                arranged.announce(Topics.WORKSPACE_ENDING, place.workspace());
                long start = System.nanoTime();
                try {
                    assertThat(client.input().read()).isEqualTo(-1);
                } catch (java.net.SocketException e) {
                    assertThat(e).hasMessageContaining("reset");
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            }
            assertThat(RawHttp.get(server, host, "/").status()).isEqualTo(401);
            app.goOn.release(3);
        }
    }

    @Test
    void bodiesStreamBothWays() throws IOException {
        try (var client = new RawHttp(server)) {
            client.send("GET", host("publics"), "/stream", "");
            assertThat(client.line()).contains("200");
            while (!client.line().isEmpty()) {
                // the headers
            }
            assertThat(client.chunk()).isEqualTo("part0");
            app.goOn.release();
            assertThat(client.chunk()).isEqualTo("part1");
            app.goOn.release();
            assertThat(client.chunk()).isEqualTo("part2");
            app.goOn.release();
            assertThat(client.chunk()).isEmpty();

            client.raw("POST /body HTTP/1.1\r\nHost: " + host("publics") + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\n");
            assertThat(client.line()).contains("200");
            while (!client.line().isEmpty()) {
                // the headers
            }
            assertThat(client.chunk()).isEqualTo("hello");
            client.raw("6\r\n world\r\n0\r\n\r\n");
            assertThat(client.chunk()).isEqualTo(" world");
            assertThat(client.chunk()).isEmpty();
        }
        String big = "x".repeat(3_000_000);
        assertThat(RawHttp.once(server, "POST", host("publics"), "/body", big).body())
                .isEqualTo(big);
        assertThat(RawHttp.once(server, "POST", host("publics"), "/early", "y".repeat(100_000))
                        .status())
                .isEqualTo(413);
        assertThat(RawHttp.once(server, "HEAD", host("publics"), "/show", "", "Connection: close")
                        .header("Content-Length"))
                .isPresent();
    }

    @Test
    void connectionsToTheAppAreReusedForTheSameVisitor() throws IOException {
        visit("publics", "/");
        int before = app.connections.get();
        try (var client = new RawHttp(server)) {
            for (int i = 0; i < 20; i++) {
                client.send("GET", host("publics"), "/n" + i, "");
                assertThat(client.answer().body()).startsWith("GET /n" + i + "\n");
            }
        }
        assertThat(app.connections.get() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void anAppThatIsNotThereIsSaidToBeSo() {
        var dead = arranged.workspace("alice", "dead");
        arranged.app(dead, "web", app.url(), "public");
        var answer = RawHttp.get(server, "web--dead--alice" + SUFFIX, "/");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("not connected");
    }

    @Test
    void anAppBeginsWhereItsAddressSays() {
        assertThat(visit("start", "/").header("Location")).contains("/ide/?folder=/home");
        assertThat(visit("start", "/ide/?folder=/home").body()).startsWith("GET /ide/?folder=/home");
    }

    @Test
    void eachOpeningIsOnTheLogOnce() {
        arranged.api.person("dora");
        String dora = arranged.api.login("dora@example.com");
        for (int i = 0; i < 5; i++) {
            assertThat(as(dora, "organizations")).isEqualTo(200);
        }
        var log = json(
                arranged.api.get("/api/v2/connectionlog?q=type:workspace_app%20username:dora", arranged.api.owner()));
        assertThat(log.get("count").asInt()).isEqualTo(1);
        var entry = log.get("connection_logs").get(0);
        assertThat(entry.get("web_info").get("slug_or_port").asString()).isEqualTo("organizations");
        assertThat(entry.get("web_info").get("user").get("username").asString()).isEqualTo("dora");
        assertThat(arranged.api
                        .get("/api/v2/audit?q=resource_type:workspace_app%20username:dora", arranged.api.owner())
                        .body())
                .contains("\"action\":\"open\"");
    }

    @Test
    void thePlatformTellsWhereAppsAre() {
        assertThat(json(arranged.api.get("/api/v2/applications/host", alice))
                        .get("host")
                        .asString())
                .isEqualTo("*.apps.cloister.test:3000");
        assertThat(arranged.api.get("/api/v2/applications/host", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void anAppOnAPathIsSandboxedAndHasNoCookies() {
        String path = "/@alice/dev/apps/publics";
        var evil =
                RawHttp.get(server, "cloister.test:3000", path + "/evil", "Cookie: x=1; coder_session_token=" + alice);
        assertThat(evil.status()).isEqualTo(200);
        assertThat(evil.all("Set-Cookie")).isEmpty();
        assertThat(evil.header("Clear-Site-Data")).isEmpty();
        assertThat(evil.header("Service-Worker-Allowed")).isEmpty();
        assertThat(evil.all("Content-Security-Policy"))
                .anyMatch(policy -> policy.startsWith("sandbox ") && !policy.contains("allow-same-origin"));

        var seen = RawHttp.get(
                server, "cloister.test:3000", path + "/show?q=1", "Cookie: x=1; coder_session_token=" + alice);
        assertThat(seen.body())
                .startsWith("GET /show?q=1\n")
                .doesNotContain("Cookie")
                .doesNotContain(alice);
        assertThat(RawHttp.get(server, "cloister.test:3000", path).header("Location"))
                .contains(path + "/");

        String owners = "/@alice/dev.main/apps/owners/";
        assertThat(RawHttp.get(server, "cloister.test:3000", owners).status()).isEqualTo(404);
        assertThat(RawHttp.get(server, "cloister.test:3000", owners, "Cookie: coder_session_token=" + bob)
                        .status())
                .isEqualTo(404);
        assertThat(RawHttp.get(server, "cloister.test:3000", owners, "Cookie: coder_session_token=" + alice)
                        .status())
                .isEqualTo(200);
        assertThat(RawHttp.once(
                                server,
                                "POST",
                                "cloister.test:3000",
                                owners,
                                "x",
                                "Cookie: coder_session_token=" + alice)
                        .status())
                .as("a cookie changes nothing")
                .isEqualTo(404);
    }

    @Test
    void headerNamesAndValuesCannotBeSmuggled() {
        var answer = RawHttp.get(
                server, host("publics"), "/show", "X-Odd: a\tb", "Content-Length: 0", "Transfer-Encoding: chunked");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(RawHttp.once(server, "CONNECT", host("publics"), "evil.example:443", "")
                        .status())
                .isIn(400, 404, 405);
        assertThat(visit("publics", "http://" + host("owners") + "/show").status())
                .as("another host in the request line than in the header")
                .isEqualTo(400);
    }
}
