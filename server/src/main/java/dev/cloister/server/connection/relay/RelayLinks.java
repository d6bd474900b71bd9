package dev.cloister.server.connection.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.server.connection.agent.AgentPlace;
import dev.cloister.server.platform.Failure;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxStream;
import dev.cloister.tunnel.websocket.SocketDialer;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links from this server process to the others, each made when the first stream needs it. */
public final class RelayLinks implements AutoCloseable {
    /** What a person may be kept waiting for a process that does not answer. */
    private static final Duration DIAL = Duration.ofSeconds(3);

    private static final Duration PROOF = Duration.ofSeconds(3);
    /** More than the other process waits for the agent. */
    private static final Duration ANSWER = Duration.ofSeconds(12);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(RelayLinks.class);

    private final RelayKey key;
    private final Clock clock;
    private final SocketDialer dialer = new SocketDialer(RelayLinks::trusted, null, DIAL);
    private final Map<UUID, Link> links = new ConcurrentHashMap<>();
    /** Processes that could not be reached a moment ago; nobody waits for them once more. */
    private final Cache<UUID, Boolean> unreachable =
            Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(RETRY).build();

    public RelayLinks(RelayKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /**
     * Opens a stream on the connection that an agent has to another process; empty where it has none there any more.
     *
     * @throws Failure.Unavailable where the process cannot be reached, or the agent does not answer or refuses
     */
    public Optional<MuxStream> open(AgentPlace.Elsewhere place, UUID agent, OpenStream request) {
        MuxStream stream = null;
        try {
            stream = links.computeIfAbsent(place.server(), ignored -> new Link())
                    .to(place)
                    .open();
            RelayWords.ask(new DataOutputStream(new BufferedOutputStream(stream.output())), agent, request);
            stream.readTimeout(ANSWER);
            var in = new DataInputStream(stream.input());
            switch (in.readUnsignedByte()) {
                case RelayWords.OPENED -> {
                    stream.readTimeout(Duration.ZERO);
                    return Optional.of(stream);
                }
                case RelayWords.ABSENT -> {
                    stream.close();
                    return Optional.empty();
                }
                default -> {
                    String reason = in.readUTF();
                    stream.close();
                    throw Failure.Unavailable.badGateway(reason);
                }
            }
        } catch (IOException e) {
            if (stream != null) {
                stream.reset();
            }
            LOG.warn("the server process {} at {} cannot be reached: {}", place.server(), place.url(), e.getMessage());
            throw new Failure.Unavailable(
                    "The workspace's agent is connected to another server process of this deployment, which cannot be "
                            + "reached. Try again.",
                    RETRY);
        }
    }

    /** The link to one process. */
    private final class Link {
        private final ReentrantLock turn = new ReentrantLock();
        private volatile @Nullable MuxSession mux;

        MuxSession to(AgentPlace.Elsewhere place) throws IOException {
            turn.lock();
            try {
                MuxSession now = mux;
                if (now != null && !now.isClosed()) {
                    return now;
                }
                if (unreachable.getIfPresent(place.server()) != null) {
                    throw new IOException("it could not be reached a moment ago");
                }
                mux = call(place);
                return mux;
            } catch (IOException e) {
                unreachable.put(place.server(), Boolean.TRUE);
                throw e;
            } finally {
                turn.unlock();
            }
        }

        private MuxSession call(AgentPlace.Elsewhere place) throws IOException {
            var salutation = Salutation.now(clock.instant());
            var transport = dialer.open(
                    place.url().resolve(RelayRoutes.PATH.formatted(place.server())),
                    Map.of(Salutation.HEADER, salutation.header(key, place.server())));
            var called = MuxSession.client(transport, RelayWords.LINK);
            called.onClose(() -> links.remove(place.server(), this));
            try {
                prove(called, key.proof(RelayKey.Purpose.ANSWER, place.server(), salutation.bytes()));
                return called;
            } catch (IOException e) {
                called.close();
                throw e;
            }
        }

        /** Nothing is told to a process that does not have the key. */
        private void prove(MuxSession called, byte[] expected) throws IOException {
            var stream = called.open();
            stream.readTimeout(PROOF);
            stream.output().write(RelayWords.PROVE);
            stream.output().flush();
            byte[] proof = stream.input().readNBytes(expected.length);
            stream.close();
            if (!MessageDigest.isEqual(proof, expected)) {
                throw new IOException("what answers there is no server of this deployment");
            }
        }

        void close() {
            MuxSession now = mux;
            if (now != null) {
                now.close();
            }
        }
    }

    @Override
    public void close() {
        links.values().forEach(Link::close);
    }
}
