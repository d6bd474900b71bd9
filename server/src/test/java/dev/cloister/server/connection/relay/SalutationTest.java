package dev.cloister.server.connection.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.Secret;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.gateway.stream.EdgeSocket;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.connection.agent.AgentPlace;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Authentication;
import dev.cloister.server.platform.http.Origins;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.WebServer;
import dev.cloister.server.testing.TestApi;
import dev.cloister.tunnel.mux.MuxSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How server processes prove themselves to each other. */
class SalutationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID CALLED = UUID.randomUUID();

    private static TestApi api;
    private static RelayKey key;

    @BeforeAll
    static void make() {
        api = new TestApi();
        key = RelayKey.load(api.transactions, api.cipher, Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static boolean accepted(String header, UUID called, Instant now) {
        return Salutation.proven(header, key, called, now).isPresent();
    }

    @Test
    void aProofHoldsForTheProcessThatIsMeantAndForAMoment() {
        String header = Salutation.now(NOW).header(key, CALLED);
        assertThat(accepted(header, CALLED, NOW)).isTrue();
        assertThat(accepted(header, CALLED, NOW.plus(Salutation.TOLERANCE))).isTrue();
        assertThat(accepted(header, UUID.randomUUID(), NOW)).isFalse();
        var late = Salutation.TOLERANCE.plusMillis(1);
        assertThat(accepted(header, CALLED, NOW.plus(late))).isFalse();
        assertThat(accepted(header, CALLED, NOW.minus(late))).isFalse();
    }

    @Test
    void noBitOfAProofMayBeAnother() {
        String header = Salutation.now(NOW).header(key, CALLED);
        byte[] bytes = Base64.getUrlDecoder().decode(header);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(accepted(changed, CALLED, NOW)).as("byte %d", i).isFalse();
            bytes[i] ^= 1;
        }
    }

    @Test
    void everyServerHasTheSameKeyAndTheAnswerIsNoCall() {
        var again = RelayKey.load(api.transactions, api.cipher, Clock.systemUTC());
        String header = Salutation.now(NOW).header(again, CALLED);
        var salutation = Salutation.proven(header, key, CALLED, NOW).orElseThrow();
        assertThat(key.proof(RelayKey.Purpose.ANSWER, CALLED, salutation.bytes()))
                .isEqualTo(again.proof(RelayKey.Purpose.ANSWER, CALLED, salutation.bytes()))
                .isNotEqualTo(key.proof(RelayKey.Purpose.CALL, CALLED, salutation.bytes()));
    }

    @Test
    void anAddressWhereNobodyAnswersIsARefusalThatSaysWhenToTryAgain() {
        try (var links = new RelayLinks(key, Clock.systemUTC())) {
            var nobody = new AgentPlace.Elsewhere(CALLED, URI.create("http://127.0.0.1:9"));
            long begun = System.nanoTime();
            assertThatThrownBy(() -> links.open(nobody, UUID.randomUUID(), OpenStream.getDefaultInstance()))
                    .isInstanceOfSatisfying(Failure.Unavailable.class, e -> {
                        assertThat(e.status()).isEqualTo(503);
                        assertThat(e.retryAfter()).contains(Duration.ofSeconds(1));
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void whoeverAnswersWithoutTheKeyIsToldNothing() throws Exception {
        var told = new CompletableFuture<Boolean>();
        var routes = new Routes();
        routes.stream(
                RelayRoutes.PATH.formatted("{replica}"),
                Access.open("a test"),
                request -> new EdgeSocket(link -> pretend(MuxSession.server(link, RelayWords.LINK), told))::upgrade);
        var web = new WebServer(
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                Optional.empty(),
                List.of(WebServer.routes(routes, new Nobody(), new Origins(List.of(), List.of()), new RateLimits(0))));
        web.start();
        try (var links = new RelayLinks(key, Clock.systemUTC())) {
            var url = URI.create("http://127.0.0.1:" + web.ports().getFirst());
            assertThatThrownBy(() -> links.open(
                            new AgentPlace.Elsewhere(CALLED, url), UUID.randomUUID(), OpenStream.getDefaultInstance()))
                    .isInstanceOf(Failure.Unavailable.class);
            assertThat(told.get(5, TimeUnit.SECONDS)).isFalse();
        } finally {
            web.close();
        }
    }

    /** Answers the question for a proof with something else, and says whether another question followed. */
    private static void pretend(MuxSession link, CompletableFuture<Boolean> told) {
        try {
            var stream = link.accept();
            stream.output().write(new byte[RelayKey.PROOF_BYTES]);
            stream.output().flush();
            link.accept();
            told.complete(true);
        } catch (IOException e) {
            told.complete(false);
        }
    }

    private static final class Nobody implements Authentication {
        @Override
        public Optional<Caller.User> user(Secret token, Origin origin) {
            return Optional.empty();
        }

        @Override
        public Optional<Caller.Agent> agent(Secret token, Origin origin) {
            return Optional.empty();
        }
    }
}
