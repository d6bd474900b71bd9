package dev.cloister.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much and how often: what is too much is refused in the form of the API, and tells when to come back. */
class LimitsTest {
    private static final int LIMIT = 20;

    @TempDir
    static Path directory;

    private static WholeServer server;
    private static String owner;

    @BeforeAll
    static void start() throws Exception {
        server = new WholeServer(directory, "--api-rate-limit", Integer.toString(LIMIT), "--login-rate-limit", "0");
        owner = server.owner();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String person(String name) {
        String organization = ArrangedServer.json(
                        server.send(bypassing("/api/v2/organizations", owner)).body())
                .get(0)
                .get("id")
                .asString();
        var body = Map.of(
                "username",
                name,
                "email",
                name + "@example.com",
                "password",
                WholeServer.PASSWORD,
                "organization_ids",
                List.of(organization));
        assertThat(server.send("POST", "/api/v2/users", owner, body).statusCode())
                .isEqualTo(201);
        var login = server.send(
                "POST",
                "/api/v2/users/login",
                "",
                Map.of("email", name + "@example.com", "password", WholeServer.PASSWORD));
        return ArrangedServer.json(login.body()).get("session_token").asString();
    }

    private static HttpRequest bypassing(String path, String token) {
        return HttpRequest.newBuilder(server.url().resolve(path))
                .header("Coder-Session-Token", token)
                .header("X-Coder-Bypass-Ratelimit", "true")
                .build();
    }

    private static HttpResponse<String> exhaust(String path, String token) {
        HttpResponse<String> answer = server.send("GET", path, token, null);
        for (int i = 0; i < 3 * LIMIT && answer.statusCode() != 429; i++) {
            answer = server.send("GET", path, token, null);
        }
        return answer;
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        String person = person("eager");
        var first = server.send("GET", "/api/v2/users/me", person, null);
        assertThat(first.headers().firstValue("X-RateLimit-Limit")).hasValue(Integer.toString(LIMIT));
        assertThat(first.headers().firstValueAsLong("X-RateLimit-Remaining")).hasValue(LIMIT - 1);
        var refused = exhaust("/api/v2/users/me", person);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(refused.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
        assertThat(ArrangedServer.json(refused.body()).get("message").asString())
                .contains("rate limited");
    }

    @Test
    void onePersonsHasteAtOneRouteIsNobodyElsesAndNoOtherRoutes() {
        String hasty = person("hasty");
        String calm = person("calm");
        assertThat(exhaust("/api/v2/templates", hasty).statusCode()).isEqualTo(429);
        assertThat(server.send("GET", "/api/v2/templates", calm, null).statusCode())
                .isEqualTo(200);
        assertThat(server.send("GET", "/api/v2/workspaces", hasty, null).statusCode())
                .isEqualTo(200);
    }

    @Test
    void onlyWhoCouldChangeTheLimitMayGoPastIt() {
        String pushy = person("pushy");
        exhaust("/api/v2/experiments", pushy);
        assertThat(server.send(bypassing("/api/v2/experiments", pushy)).statusCode())
                .isEqualTo(429);
        exhaust("/api/v2/experiments", owner);
        assertThat(server.send(bypassing("/api/v2/experiments", owner)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoTriesCredentialsIsCountedByAddress() {
        var refused = exhaust("/api/v2/audit", "aaaaaaaaaa-aaaaaaaaaaaaaaaaaaaaaa");
        assertThat(refused.statusCode()).isEqualTo(429);
    }

    @Test
    void aBodyOrHeaderThatIsTooLargeIsRefusedInTheFormOfTheApi() throws IOException {
        var body = server.send("POST", "/api/v2/authcheck", owner, new byte[2 << 20]);
        assertThat(body.statusCode()).isEqualTo(413);
        assertThat(ArrangedServer.json(body.body()).get("message").asString()).contains("limit");
        assertThat(raw("GET /api/v2/buildinfo HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("{\"message\":");
        assertThat(raw("GET /api/v2/" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .matches("(?s)HTTP/1.1 4(14|31).*\"message\":.*");
    }

    /** Jetty ends a request whose body comes slower than its least rate; without that it would wait for two minutes. */
    @Test
    void aClientThatSendsDropByDropIsCutOff() throws IOException {
        try (var socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write(
                    ("POST /api/v2/authcheck HTTP/1.1\r\nHost: " + server.url().getAuthority()
                                    + "\r\nCoder-Session-Token: " + owner + "\r\nContent-Length: 100000\r\n\r\n")
                            .getBytes(UTF_8));
            socket.setSoTimeout(500);
            String answer = "";
            for (int i = 0; i < 40 && answer.isEmpty(); i++) {
                try {
                    out.write('x');
                    out.flush();
                    byte[] buffer = new byte[4096];
                    int count = socket.getInputStream().read(buffer);
                    answer = count < 0 ? "closed" : new String(buffer, 0, count, UTF_8);
                } catch (java.net.SocketTimeoutException e) {
                    // not yet: the time that passes here is the client's slowness
                } catch (IOException e) {
                    answer = "closed";
                }
            }
            assertThat(answer).isNotEmpty().doesNotStartWith("HTTP/1.1 2").doesNotStartWith("HTTP/1.1 5");
        }
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
