package dev.cloister.contract.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloister.contract.api.LoginWithPasswordRequest;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.UpdateRoles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ApiClientTest {
    private static final SessionToken TOKEN = new SessionToken("abcdefghij-secret");

    /** Answers one request. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private HttpServer server;
    private ApiClient client;
    private final List<HttpExchange> asked = new CopyOnWriteArrayList<>();
    private volatile Answer answer = exchange -> send(exchange, 200, "{}");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.add(exchange);
            answer.to(exchange);
        });
        server.start();
        client = new ApiClient(url(), Optional.of(TOKEN));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Test
    void everyRequestSaysWhoAsksAndByWhat() throws Exception {
        client.buildInfo();
        var headers = asked.getFirst().getRequestHeaders();
        assertThat(headers.getFirst("Coder-Session-Token")).isEqualTo("abcdefghij-secret");
        assertThat(headers.getFirst("X-Requested-With")).isEqualTo("cloister");
        assertThat(headers.getFirst("User-Agent")).startsWith("cloister/");
        assertThat(headers.getFirst("Accept")).isEqualTo("application/json");
        assertThat(headers.get("Upgrade")).isNull();
    }

    @Test
    void withoutATokenNoneIsSent() throws Exception {
        new ApiClient(url(), Optional.empty()).buildInfo();
        assertThat(asked.getFirst().getRequestHeaders().getFirst("Coder-Session-Token"))
                .isNull();
    }

    @Test
    void aRefusalIsAnExceptionWithTheServersReason() {
        answer = exchange -> send(
                exchange, 400, "{\"message\":\"No.\",\"validations\":[{\"field\":\"email\",\"detail\":\"missing\"}]}");
        assertThatThrownBy(() -> client.login(new LoginWithPasswordRequest("", new SecretText(""))))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused).hasMessage("No.");
                    assertThat(refused.error().validations()).hasSize(1);
                });
    }

    @Test
    void aPageOfAProxyIsStillARefusal() {
        answer = exchange -> send(exchange, 502, "<html>Bad Gateway</html>");
        assertThatThrownBy(client::buildInfo)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.status()).isEqualTo(502))
                .hasMessageContaining("502");
    }

    @Test
    void aRedirectIsReportedAndNotFollowed() throws Exception {
        var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        var reached = new CopyOnWriteArrayList<HttpExchange>();
        other.createContext("/", exchange -> {
            reached.add(exchange);
            send(exchange, 200, "{}");
        });
        other.start();
        try {
            var target = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
            answer = exchange -> {
                exchange.getResponseHeaders().add("Location", target);
                send(exchange, 307, "");
            };
            assertThatThrownBy(client::buildInfo)
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessageContaining(target);
            assertThat(reached).isEmpty();
        } finally {
            other.stop(0);
        }
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() {
        answer = exchange -> {
            exchange.sendResponseHeaders(500, 0);
            flood(exchange.getResponseBody());
        };
        assertThatThrownBy(client::buildInfo)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("too long");
    }

    private static void flood(OutputStream out) throws IOException {
        var block = new byte[64 << 10];
        for (int sent = 0; sent < 64 << 20; sent += block.length) {
            out.write(block);
        }
    }

    @Test
    void whatIsNoCloisterServerIsSaidSo() {
        answer = exchange -> send(exchange, 200, "<html>hello</html>");
        assertThatThrownBy(client::buildInfo)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("is the URL right");
        answer = exchange -> send(exchange, 200, "null");
        assertThatThrownBy(client::buildInfo).isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        var closed = url();
        server.stop(0);
        assertThatThrownBy(() -> new ApiClient(closed, Optional.empty()).buildInfo())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(closed.toString());
    }

    @Test
    void aMissingFirstUserIsAnAnswerAndNotAFailure() throws Exception {
        assertThat(client.hasFirstUser()).isTrue();
        answer = exchange -> send(exchange, 404, "{\"message\":\"The initial user has not been created!\"}");
        assertThat(client.hasFirstUser()).isFalse();
        answer = exchange -> send(exchange, 500, "{\"message\":\"Broken.\"}");
        assertThatThrownBy(client::hasFirstUser).isInstanceOf(ApiException.class);
    }

    @Test
    void aNameNeverBecomesMoreThanOneSegmentOrQueryValue() {
        assertThat(Paths.of("/users/{}/workspace/{}", "../../files", "a b?c#d"))
                .isEqualTo("/api/v2/users/..%2F..%2Ffiles/workspace/a%20b%3Fc%23d");
        assertThat(Paths.of("/users/{}", "..")).isEqualTo("/api/v2/users/%2E%2E");
        assertThat(Paths.of("/audit?q={}&limit={}", "a&limit=9 b", 5))
                .isEqualTo("/api/v2/audit?q=a%26limit%3D9%20b&limit=5");
    }

    @Test
    void bodiesAreSentAsJson() {
        answer = exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var type = exchange.getRequestHeaders().getFirst("Content-Type");
            send(
                    exchange,
                    400,
                    "{\"message\":\"" + type + " " + exchange.getRequestMethod() + "\",\"detail\":" + "\""
                            + body.replace("\"", "'") + "\"}");
        };
        assertThatThrownBy(() -> client.users().setRoles("bob", new UpdateRoles(List.of("auditor"))))
                .hasMessage("application/json PUT")
                .extracting(failure -> ((ApiException) failure).error().detail())
                .isEqualTo("{'roles':['auditor']}");
    }

    @Test
    void aTokenCannotBeginAnotherHeaderAndShowsItselfToNobody() {
        assertThatThrownBy(() -> new SessionToken("a\r\nX: y")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SessionToken("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SessionToken("x".repeat(600))).isInstanceOf(IllegalArgumentException.class);
        assertThat(TOKEN.toString()).doesNotContain("abcdefghij");
    }
}
