package dev.cloister.server.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Sha256;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Topics;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where features say what there is to tell: in the transaction of the change that causes it, so that nobody is told what
 * did not happen and nothing that happened is forgotten.
 */
public final class Notices {
    private final MessageRepository messages;
    private final Method usual;
    private final Set<Method> usable;
    private final Clock clock;

    /**
     * @param usual the method of the deployment
     * @param usable the methods that have somewhere to send to
     */
    Notices(MessageRepository messages, Method usual, Set<Method> usable, Clock clock) {
        this.messages = messages;
        this.usual = usual;
        this.usable = Set.copyOf(usable);
        this.clock = clock;
    }

    /** Tells the audience, except those who do not want to know and those who were told the same today. */
    public void post(WriteTx tx, Audience audience, Notice notice) {
        Instant now = clock.instant();
        if (messages.enqueue(tx, audience, notice, fingerprint(notice, now), usual, usable, now) > 0) {
            tx.announce(Topics.NOTIFICATION_WAITING, notice.occasion().id().toString());
        }
    }

    /** What those who are told call whoever caused it. */
    public static String nameOf(Caller caller) {
        return switch (caller) {
            case Caller.User user -> user.subject().username();
            case Caller.Job job -> job.name();
            case Caller.Agent agent -> "an agent";
            case Caller.Anonymous anonymous -> "somebody";
        };
    }

    /** The person who caused it, who need not be told; null where nobody did. */
    public static @Nullable UUID personOf(Caller caller) {
        return caller instanceof Caller.User user ? user.subject().id() : null;
    }

    private static byte[] fingerprint(Notice notice, Instant now) {
        var digest = Sha256.digest();
        add(digest, notice.occasion().id().toString());
        new TreeMap<>(notice.labels()).forEach((label, value) -> {
            add(digest, label);
            add(digest, value);
        });
        notice.targets().stream().sorted().forEach(target -> add(digest, target.toString()));
        add(digest, LocalDate.ofInstant(now, ZoneOffset.UTC).toString());
        return digest.digest();
    }

    /** Labels hold no NUL, so that it divides. */
    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(UTF_8));
        digest.update((byte) 0);
    }
}
