package dev.cloister.gateway.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a well-behaved browser and a well-behaved app may expect of what is between them. */
@Timeout(60)
class AppProxyTest {
    private static void echo(ScriptedApp.Connection app) throws IOException {
        while (true) {
            var head = app.head();
            var body = app.body(head);
            app.answer(head.line() + "\n" + String.join("\n", head.headers()) + "\n\n" + new String(body, ISO_8859_1));
        }
    }

    @Test
    void requestAndAnswerPassAndTheConnectionIsUsedAgain() throws Exception {
        try (var proxy = new ProxyFixture(AppProxyTest::echo);
                var browser = proxy.browser()) {
            for (int i = 0; i < 50; i++) {
                var answer = browser.get("/a/%41/b?q=" + i + "&x=%20");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).startsWith("GET /a/%41/b?q=" + i + "&x=%20 HTTP/1.1\nHost: app.example\n");
            }
            assertThat(proxy.app.dialled()).isEqualTo(1);
        }
    }

    @Test
    void theAppLearnsWhoAsksFromUsAndNotFromTheBrowser() throws Exception {
        try (var proxy = new ProxyFixture(AppProxyTest::echo);
                var browser = proxy.browser()) {
            var seen = browser.say("GET / HTTP/1.1\r\nHost: app.example\r\nX-Forwarded-For: 10.0.0.1\r\n"
                            + "X-Forwarded-Host: evil\r\nX-Forwarded-Prefix: /evil\r\nX-Forwarded-User: root\r\n"
                            + "X-Real-IP: 10.0.0.1\r\nForwarded: for=10.0.0.1\r\n\r\n")
                    .answer()
                    .text();
            assertThat(seen)
                    .contains("X-Forwarded-For: 203.0.113.7\n", "X-Forwarded-Host: app.example\n")
                    .contains("X-Forwarded-Proto: http\n")
                    .doesNotContain("evil", "10.0.0.1", "root");
        }
    }

    @Test
    void whatIsThePlatformsNeverReachesTheApp() throws Exception {
        try (var proxy = new ProxyFixture(AppProxyTest::echo);
                var browser = proxy.browser()) {
            var seen = browser.say("GET / HTTP/1.1\r\nHost: app.example\r\nCoder-Session-Token: sesame\r\n"
                            + "Cookie: a=1; cloister_session_token=sesame; b=2\r\n"
                            + "Cookie: __Host-cloister_session_token=sesame\r\n"
                            + "Cookie: CLOISTER_APP_SESSION = sesame;c=\"3\";cloister_app_session\r\n\r\n")
                    .answer()
                    .text();
            assertThat(seen).contains("Cookie: a=1; b=2\n", "Cookie: c=\"3\"").doesNotContain("sesame");
        }
    }

    @Test
    void anAppSetsItsOwnCookiesOnly() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say(
                            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: own=1; Path=/; Domain=example; Secure\r\n"
                                    + "Set-Cookie: cloister_session_token=forged; Path=/\r\nSet-Cookie: = nameless\r\n"
                                    + "Set-Cookie: __host-cloister_session_token=forged; Path=/; Secure\r\n"
                                    + "Set-Cookie: other=2; domain = .example\r\n\r\n");
                });
                var browser = proxy.browser()) {
            assertThat(browser.get("/").head().all("Set-Cookie")).containsExactly("own=1; Path=/; Secure", "other=2");
        }
    }

    @Test
    void headersOfOneHopStayOnIt() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    var head = app.head();
                    app.say(
                            "HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: timeout=5\r\n"
                                    + "Proxy-Authenticate: Basic\r\nUpgrade: h2c\r\nTrailer: X-T\r\nX-Other: "
                                    + String.join(",", head.names()) + "\r\nContent-Length: 2\r\n\r\nok");
                    app.head();
                });
                var browser = proxy.browser()) {
            var answer = browser.say(
                            "GET / HTTP/1.1\r\nHost: app.example\r\nConnection: close, X-Secret, Host, Cookie\r\n"
                                    + "X-Secret: 1\r\nTE: trailers\r\nKeep-Alive: 1\r\nProxy-Authorization: x\r\n"
                                    + "Proxy-Connection: x\r\nX-Kept: 1\r\n\r\n")
                    .answer();
            assertThat(answer.head().names())
                    .contains("x-other")
                    .doesNotContain("x-mine", "keep-alive", "proxy-authenticate", "upgrade", "trailer");
            assertThat(answer.head().one("X-Other").split(","))
                    .containsExactlyInAnyOrder(
                            "host", "x-kept", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 65_536, 3_000_000})
    void bodiesPassWholeWithAndWithoutALength(int size) throws Exception {
        var body = new byte[size];
        new Random(size).nextBytes(body);
        try (var proxy = new ProxyFixture(app -> {
                    while (true) {
                        var received = app.body(app.head());
                        app.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                        for (int i = 0; i < received.length; i += 50_000) {
                            int count = Math.min(50_000, received.length - i);
                            app.say(Integer.toHexString(count) + ";ext=1\r\n");
                            app.stream.output().write(received, i, count);
                            app.say("\r\n");
                        }
                        app.say("0\r\nX-Trailer: 1\r\n\r\n");
                    }
                });
                var browser = proxy.browser()) {
            browser.say("POST / HTTP/1.1\r\nHost: app.example\r\nContent-Length: " + size + "\r\n\r\n")
                    .say(body);
            assertThat(browser.answer().body()).isEqualTo(body);
            browser.say("POST / HTTP/1.1\r\nHost: app.example\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < size; i += 70_000) {
                int count = Math.min(70_000, size - i);
                browser.say(Integer.toHexString(count) + "\r\n").say(java.util.Arrays.copyOfRange(body, i, i + count));
                browser.say("\r\n");
            }
            assertThat(browser.say("0\r\n\r\n").answer().body()).isEqualTo(body);
            assertThat(proxy.app.dialled()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatComesInPiecesIsPassedOnPieceByPiece() throws Exception {
        var more = new CountDownLatch(1);
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                    app.say("5\r\nfirst\r\n");
                    await(more);
                    app.say("6\r\nsecond\r\n0\r\n\r\n");
                });
                var browser = proxy.browser()) {
            browser.say("GET / HTTP/1.1\r\nHost: app.example\r\n\r\n");
            browser.head();
            assertThat(ScriptedApp.line(browser.in)).isEqualTo("5");
            assertThat(browser.in.readNBytes(5)).asString(ISO_8859_1).isEqualTo("first");
            more.countDown(); // the line end after a chunk may come with the next one
            assertThat(ScriptedApp.line(browser.in)).isEmpty();
            assertThat(browser.chunk()).asString(ISO_8859_1).isEqualTo("second");
            assertThat(browser.chunk()).isEmpty();
        }
    }

    @Test
    void theHeadOfAnAnswerDoesNotWaitForItsBody() throws Exception {
        var more = new CountDownLatch(1);
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                    await(more);
                    app.say("body");
                });
                var browser = proxy.browser()) {
            browser.say("GET / HTTP/1.1\r\nHost: app.example\r\n\r\n");
            var head = browser.head();
            more.countDown();
            assertThat(browser.body(head)).asString(ISO_8859_1).isEqualTo("body");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRequestsBodyReachesTheAppWhileItIsBeingSent() throws Exception {
        var first = new CompletableFuture<String>();
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    first.complete(new String(app.in.readNBytes(5), ISO_8859_1));
                    app.answer(new String(app.in.readNBytes(6), ISO_8859_1));
                });
                var browser = proxy.browser()) {
            browser.say("POST / HTTP/1.1\r\nHost: app.example\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
            assertThat(browser.head().line()).contains("100");
            browser.say("first");
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("first");
            assertThat(browser.say("second").answer().text()).isEqualTo("second");
        }
    }

    @Test
    void answersWithoutABodyAreUnderstood() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                            + "HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nETag: \"e\"\r\n\r\n");
                    app.head();
                    app.say("HTTP/1.1 304 Not Modified\r\nContent-Length: 12345\r\n\r\n");
                    app.head();
                    app.say("HTTP/1.1 204 No Content\r\n\r\n");
                    app.head();
                    app.answer("end");
                    app.head();
                });
                var browser = proxy.browser()) {
            browser.say("HEAD / HTTP/1.1\r\nHost: app.example\r\n\r\n");
            var head = browser.head();
            assertThat(head.line()).contains("200");
            assertThat(head.one("Content-Length")).isEqualTo("12345");
            assertThat(head.one("ETag")).isEqualTo("\"e\"");
            assertThat(browser.get("/").status()).isEqualTo(304);
            assertThat(browser.get("/").status()).isEqualTo(204);
            assertThat(browser.get("/").text()).isEqualTo("end");
            assertThat(proxy.app.dialled()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsWhole() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(100_000));
                });
                var browser = proxy.browser()) {
            assertThat(browser.get("/").text()).hasSize(100_000);
            assertThat(browser.get("/").text()).hasSize(100_000);
            assertThat(proxy.app.dialled()).isEqualTo(2);
            ProxyFixture.eventually(() -> proxy.app.open() == 0);
        }
    }

    @Test
    void anAppWithoutKeepAliveIsServedToo() throws Exception {
        for (var first : new String[] {"HTTP/1.0 200 OK\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n"}) {
            try (var proxy = new ProxyFixture(app -> {
                        app.head();
                        app.say(first + "Content-Length: 2\r\n\r\nok");
                    });
                    var browser = proxy.browser()) {
                assertThat(browser.get("/").text()).isEqualTo("ok");
                assertThat(browser.get("/").text()).isEqualTo("ok");
                assertThat(proxy.app.dialled()).isEqualTo(2);
            }
        }
    }

    @Test
    void aConnectionThatTheAppClosedMeanwhileIsReplacedUnseen() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    var head = app.head();
                    app.body(head);
                    app.answer("ok");
                });
                var browser = proxy.browser()) {
            for (int i = 0; i < 30; i++) {
                assertThat(browser.get("/").status()).isEqualTo(200);
                assertThat(proxy.app.ending()).isNotNull();
            }
        }
    }

    @Test
    void aRequestThatChangesSomethingIsNotSentTwice() throws Exception {
        var seen = new java.util.concurrent.atomic.AtomicInteger();
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.answer("ready");
                    app.head();
                    seen.incrementAndGet();
                });
                var browser = proxy.browser()) {
            browser.get("/");
            browser.say("POST / HTTP/1.1\r\nHost: app.example\r\nContent-Length: 0\r\n\r\n");
            assertThat(browser.answer().status()).isEqualTo(502);
            assertThat(seen.get()).isEqualTo(1);
        }
    }

    @Test
    void aPrefixIsTakenOffThePath() throws Exception {
        try (var proxy = new ProxyFixture(AppProxyTest::echo);
                var browser = proxy.browser()) {
            proxy.prefix = "/@ada/dev/apps/x";
            assertThat(browser.get("/@ada/dev/apps/x/y?z=1").text()).startsWith("GET /y?z=1 HTTP/1.1");
            assertThat(browser.get("/@ada/dev/apps/x").text()).startsWith("GET / HTTP/1.1");
            assertThat(browser.get("/@ada/dev/apps/x?z").text()).startsWith("GET /?z HTTP/1.1");
        }
    }

    @Test
    void anAppOnThePlatformsHostIsKeptApart() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    var head = app.head();
                    app.say(
                            "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nClear-Site-Data: \"*\"\r\nService-Worker-Allowed: /\r\n"
                                    + "X-Seen: " + head.names() + "\r\nContent-Length: 0\r\n\r\n");
                });
                var browser = proxy.browser()) {
            proxy.place = AppRoute.Place.PLATFORM_PATH;
            var answer = browser.say("GET / HTTP/1.1\r\nHost: app.example\r\nCookie: a=1\r\n\r\n")
                    .answer();
            assertThat(answer.head().names()).doesNotContain("set-cookie", "clear-site-data", "service-worker-allowed");
            assertThat(answer.head().one("Content-Security-Policy"))
                    .contains("sandbox")
                    .doesNotContain("same-origin");
            assertThat(answer.head().one("X-Seen")).doesNotContain("cookie");
        }
    }

    @Test
    void anAppThatIsNotThereIsExplained() throws Exception {
        try (var proxy = new ProxyFixture(app -> {}, () -> {
                    throw new IOException("Nothing listens on port 8080. Start your app & try <again>.");
                });
                var browser = proxy.browser()) {
            var answer = browser.get("/");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).contains("Nothing listens on port 8080. Start your app &amp; try &lt;again&gt;.");
            assertThat(answer.head().one("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void anEndedVisitEndsWhatIsUnderWayAndLetsNothingBegin() throws Exception {
        var reached = new CountDownLatch(1);
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                    reached.countDown();
                    app.head();
                });
                var browser = proxy.browser()) {
            browser.say("GET / HTTP/1.1\r\nHost: app.example\r\n\r\n");
            var head = browser.head();
            await(reached);
            long before = System.nanoTime();
            proxy.visit.cut();
            assertThatThrownBy(() -> browser.body(head)).isInstanceOf(IOException.class);
            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(proxy.app.ending()).hasMessageContaining("reset");
            try (var another = proxy.browser()) {
                assertThat(another.get("/").status()).isEqualTo(403);
            }
        }
    }
}
