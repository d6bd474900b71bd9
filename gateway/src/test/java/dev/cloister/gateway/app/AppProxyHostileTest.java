package dev.cloister.gateway.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers and apps that mean harm, or are broken. */
@Timeout(60)
class AppProxyHostileTest {
    static Stream<String> ambiguousRequests() {
        var get = "GET / HTTP/1.1\r\nHost: app.example\r\n";
        var post = "POST / HTTP/1.1\r\nHost: app.example\r\n";
        var smuggled = "GET /smuggled HTTP/1.1\r\nHost: app.example\r\n\r\n";
        return Stream.of(
                post + "Content-Length: " + smuggled.length() + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + smuggled,
                post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n" + smuggled,
                post + "Content-Length: 0\r\nContent-Length: " + smuggled.length() + "\r\n\r\n" + smuggled,
                post + "Content-Length: 0, " + smuggled.length() + "\r\n\r\n" + smuggled,
                post + "Content-Length: +5\r\n\r\n" + smuggled,
                post + "Content-Length : 5\r\n\r\n" + smuggled,
                post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + smuggled,
                post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + smuggled,
                post + "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n" + smuggled,
                post + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n" + smuggled,
                post + "Transfer-Encoding\r\n : chunked\r\n\r\n0\r\n\r\n" + smuggled,
                post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + smuggled,
                post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n" + smuggled,
                post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n" + smuggled,
                post + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nabcde\r\n0\r\n\r\n" + smuggled,
                post + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcdeX\r\n0\r\n\r\n" + smuggled,
                get + "X: a\u0000b\r\n\r\n" + smuggled,
                get + "X: a\rY: b\r\n\r\n" + smuggled,
                get + "X\u0000Y: b\r\n\r\n" + smuggled,
                get + "Host: other.example\r\n\r\n" + smuggled,
                "GET /a b HTTP/1.1\r\nHost: app.example\r\n\r\n" + smuggled,
                "GET / HTTP/9.9\r\nHost: app.example\r\n\r\n" + smuggled,
                get + "Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: " + smuggled.length() + "\r\n\r\n"
                        + smuggled,
                post + "Connection: Upgrade\r\nUpgrade: websocket\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(smuggled.length()) + "\r\n" + smuggled + "\r\n0\r\n\r\n");
    }

    /** The app is a strict parser: a request that it can read must be one that the browser's side saw as well. */
    @ParameterizedTest
    @MethodSource("ambiguousRequests")
    void noRequestHidesInAnother(String bytes) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var proxy = new ProxyFixture(app -> {
                    while (true) {
                        var head = app.head();
                        seen.add(head.line());
                        assertThat(head.all("Content-Length").size()
                                        + head.all("Transfer-Encoding").size())
                                .isLessThanOrEqualTo(1);
                        assertThat(head.all("Host")).hasSize(1);
                        app.body(head);
                        app.answer("ok");
                    }
                });
                var browser = proxy.browser()) {
            browser.say(bytes);
            browser.socket.shutdownOutput();
            var answers = new String(browser.in.readAllBytes(), ISO_8859_1);
            assertThat(seen).doesNotContain("GET /smuggled HTTP/1.1");
            assertThat(answers).doesNotContain("sesame");
            assertThat(answers).startsWith("HTTP/1.1 ");
            ProxyFixture.eventually(() -> proxy.app.open() <= 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT app.example:80 HTTP/1.1\r\nHost: app.example:80\r\n",
                "TRACE / HTTP/1.1\r\nHost: app.example\r\nCookie: cloister_session_token=sesame\r\n"
            })
    void methodsThatAreNotForAppsAreRefused(String request) throws Exception {
        try (var proxy = new ProxyFixture(ScriptedApp.Connection::head);
                var browser = proxy.browser()) {
            var answer = browser.say(request + "\r\n").answer();
            assertThat(answer.status()).isIn(400, 405);
            assertThat(answer.text()).doesNotContain("sesame");
            assertThat(proxy.app.dialled()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no http at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 99 Low\r\n\r\n",
                "HTTP/1.1 2000 High\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\u0000b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX Y: b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK"
            })
    void anAnswerThatIsNoneIsExplained(String bytes) throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say(bytes);
                });
                var browser = proxy.browser()) {
            var answer = browser.get("/");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).contains("The app");
            ProxyFixture.eventually(() -> proxy.app.open() == 0);
        }
    }

    @Test
    void aHeadWithoutEndIsNotGathered() throws Exception {
        for (var line : List.of("X: " + "y".repeat(1000) + "\r\n", "z".repeat(1000), "X: 1\r\n")) {
            var sent = new AtomicLong();
            try (var proxy = new ProxyFixture(app -> {
                        app.head();
                        app.say("HTTP/1.1 200 OK\r\n");
                        while (true) {
                            app.say(line);
                            sent.addAndGet(line.length());
                        }
                    });
                    var browser = proxy.browser()) {
                assertThat(browser.get("/").status()).isEqualTo(502);
                assertThat(sent.get()).isLessThan(8 << 20);
            }
        }
    }

    @Test
    void interimAnswersWithoutEndAreNotAwaited() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    while (true) {
                        app.say("HTTP/1.1 102 Processing\r\n\r\n");
                    }
                });
                var browser = proxy.browser()) {
            assertThat(browser.get("/").status()).isEqualTo(502);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100\r\n\r\nhalf",
                "Transfer-Encoding: chunked\r\n\r\n64\r\nhalf",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nxyz\r\n",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nhalfand\r\n0\r\n\r\n"
            })
    void anAnswerThatBreaksOffNeverLooksComplete(String bytes) throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say("HTTP/1.1 200 OK\r\n" + bytes);
                });
                var browser = proxy.browser()) {
            browser.say("GET / HTTP/1.1\r\nHost: app.example\r\n\r\n");
            var first = browser.head();
            if (Browser.status(first) == 200) {
                assertThatThrownBy(() -> browser.body(first))
                        .isInstanceOfAny(IOException.class, NumberFormatException.class);
            } else {
                assertThat(Browser.status(first)).isEqualTo(502);
            }
        }
    }

    @Test
    void whatAnAppSaysUnaskedBelongsToNoRequest() throws Exception {
        var over = new CountDownLatch(1);
        var said = new CountDownLatch(1);
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.answer("mine");
                    await(over);
                    app.say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
                    app.flush();
                    said.countDown();
                    app.head();
                });
                var browser = proxy.browser()) {
            assertThat(browser.get("/").text()).isEqualTo("mine");
            over.countDown();
            assertThat(said.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(browser.get("/").text()).isEqualTo("mine");
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
    void aBrowserThatLeavesInTheMiddleOfItsRequestEndsTheAppsToo() throws Exception {
        for (var framing : List.of("Content-Length: 1000000", "Transfer-Encoding: chunked")) {
            var begun = new CountDownLatch(1);
            try (var proxy = new ProxyFixture(app -> {
                app.head();
                app.in.read();
                begun.countDown();
                while (app.in.read() >= 0) {
                    continue;
                }
                throw new AssertionError("a request cut short looked complete");
            })) {
                try (var browser = proxy.browser()) {
                    browser.say("POST / HTTP/1.1\r\nHost: app.example\r\n" + framing + "\r\n\r\n3\r\nabc\r\n");
                    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
                }
                assertThat(proxy.app.ending()).hasMessageContaining("reset");
                ProxyFixture.eventually(() -> proxy.app.open() == 0);
            }
        }
    }

    @Test
    void aBrowserThatLeavesInTheMiddleOfAnAnswerEndsTheAppsToo() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
            app.head();
            app.say("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                app.say("x".repeat(10_000));
            }
        })) {
            try (var browser = proxy.browser()) {
                browser.say("GET / HTTP/1.1\r\nHost: app.example\r\n\r\n");
                browser.head();
            }
            assertThat(proxy.app.ending()).isNotNull();
            ProxyFixture.eventually(() -> proxy.app.open() == 0);
        }
    }

    @Test
    void anAnswerBeforeTheEndOfTheRequestArrivesAndNothingIsLeftBehind() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.in.read();
                    app.say("HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\nConnection: close\r\n\r\nmuch");
                });
                var browser = proxy.browser()) {
            browser.say("POST / HTTP/1.1\r\nHost: app.example\r\nContent-Length: 1000000\r\n\r\nabc");
            var answer = browser.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).isEqualTo("much");
            assertThat(browser.in.read())
                    .as("the rest of the request is not awaited")
                    .isEqualTo(-1);
            ProxyFixture.eventually(() -> proxy.app.open() == 0);
            ProxyFixture.eventually(() -> proxy.proxy.uploads() == 0);
        }
    }

    @Test
    void anAppThatSaysNothingIsGivenUp() throws Exception {
        for (var before : List.of("", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")) {
            try (var proxy = new ProxyFixture(app -> {
                        app.head();
                        app.say(before);
                        app.head();
                    });
                    var browser = proxy.impatient()) {
                browser.say("GET / HTTP/1.1\r\nHost: app.example\r\n\r\n");
                if (before.isEmpty()) {
                    assertThat(browser.answer().status()).isEqualTo(504);
                } else {
                    assertThatThrownBy(browser::answer).isInstanceOf(IOException.class);
                }
                ProxyFixture.eventually(() -> proxy.app.open() == 0);
            }
        }
    }

    @Test
    void aBrowserThatDoesNotGoOnWithItsRequestIsGivenUp() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.in.readNBytes(10);
                });
                var browser = proxy.impatient()) {
            browser.say("POST / HTTP/1.1\r\nHost: app.example\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(proxy.app.ending()).hasMessageContaining("reset");
            ProxyFixture.eventually(() -> proxy.app.open() == 0);
            assertThat(new String(browser.in.readAllBytes(), ISO_8859_1)).doesNotContain("200");
        }
    }

    @Test
    void whoDoesNotReadSlowsTheOtherSideDown() throws Exception {
        var sent = new AtomicLong();
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say("HTTP/1.1 200 OK\r\n\r\n");
                    while (true) {
                        app.say("x".repeat(32 * 1024));
                        sent.incrementAndGet();
                    }
                });
                var browser = proxy.browser()) {
            browser.say("GET / HTTP/1.1\r\nHost: app.example\r\n\r\n");
            standstill(sent);
            assertThat(sent.get()).as("blocks of 32 KiB on their way").isLessThan(1024);
        }
        var uploaded = new AtomicLong();
        var gate = new CountDownLatch(1);
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                var browser = proxy.browser()) {
            browser.say("POST / HTTP/1.1\r\nHost: app.example\r\nContent-Length: 4000000000\r\n\r\n");
            var uploading = Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        browser.say(new byte[32 * 1024]);
                        uploaded.incrementAndGet();
                    }
                } catch (IOException e) {
                    // the end of the test
                }
            });
            standstill(uploaded);
            assertThat(uploaded.get()).as("blocks of 32 KiB on their way").isLessThan(1024);
            gate.countDown();
            browser.close();
            uploading.join();
        }
    }

    private static void standstill(AtomicLong counter) {
        long last = counter.get();
        long since = System.nanoTime();
        while (last == 0 || System.nanoTime() - since < 400_000_000L) {
            Thread.yield();
            if (counter.get() != last) {
                last = counter.get();
                since = System.nanoTime();
            }
        }
    }

    @Test
    void randomAnswersNeverHangABrowser() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var noise = mutated(random);
            try (var proxy = new ProxyFixture(app -> {
                        app.head();
                        app.stream.output().write(noise);
                    });
                    var browser = proxy.browser()) {
                browser.say("GET / HTTP/1.1\r\nHost: app.example\r\nConnection: close\r\n\r\n");
                assertThat(new String(browser.in.readAllBytes(), ISO_8859_1)).startsWith("HTTP/1.1 ");
                proxy.visit.cut();
                ProxyFixture.eventually(() -> proxy.app.open() == 0);
            }
        }
    }

    private static byte[] mutated(Random random) {
        var bytes = ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: a=b; Path=/\r\n"
                        + (random.nextBoolean()
                                ? "Content-Length: 8\r\n\r\nbody-bod"
                                : "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n4\r\nbody\r\n0\r\n\r\n"))
                .getBytes(ISO_8859_1);
        for (int i = random.nextInt(6); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
