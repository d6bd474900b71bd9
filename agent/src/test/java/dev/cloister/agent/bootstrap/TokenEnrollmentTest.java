package dev.cloister.agent.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.TicketKey;
import dev.cloister.contract.agent.UuidBytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TokenEnrollmentTest {
    private static final UUID AGENT = UUID.randomUUID();

    @Test
    void anAgentAsksUntilItsBuildHasEndedAndTellsItsHostKey() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v2/workspaceagents/me/bootstrap", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Coder-Session-Token") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            var answer = Bootstrap.newBuilder()
                    .setAgentId(UuidBytes.of(AGENT))
                    .addTicketKeys(TicketKey.newBuilder().setId("k"))
                    .build()
                    .toByteArray();
            exchange.sendResponseHeaders(asked.size() == 1 ? 401 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            var enrollment = TokenEnrollment.of(Map.of(
                            "CODER_AGENT_URL",
                                    "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                            "CODER_AGENT_TOKEN", "the-token",
                            "HOME", "/home/dev"))
                    .enroll();

            assertThat(asked).hasSize(2);
            assertThat(asked.getFirst()).startsWith("the-token {\"ssh_host_key\":\"ecdsa-sha2-nistp256 AAAA");
            assertThat(asked.getFirst()).isEqualTo(asked.getLast());
            assertThat(enrollment.agentId()).isEqualTo(AGENT);
            assertThat(enrollment.account().home()).hasToString("/home/dev");
            assertThat(enrollment.ticketKeys()).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void withoutAnAddressOrATokenItSaysSo() {
        assertThatThrownBy(() -> TokenEnrollment.of(Map.of("CODER_AGENT_TOKEN", "t")))
                .hasMessageContaining("CODER_AGENT_URL");
        assertThatThrownBy(() -> TokenEnrollment.of(Map.of("CODER_AGENT_URL", "https://c.example.com")))
                .hasMessageContaining("token");
    }
}
