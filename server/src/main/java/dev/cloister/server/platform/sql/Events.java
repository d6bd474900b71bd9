package dev.cloister.server.platform.sql;

import dev.cloister.contract.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events between replicas by LISTEN and NOTIFY. A payload is a short text, usually an id: who hears it reads the rows.
 * Delivery is at most once; after a lost connection every subscriber of every topic is called with
 * {@link #RESYNCHRONIZE}, because what was said meanwhile is lost.
 */
public final class Events implements AutoCloseable {
    /** The payload that says "events may have been missed: look at everything". */
    public static final String RESYNCHRONIZE = "*";

    private static final String CHANNEL = "cloister_events";
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final String name = "cloister " + UUID.randomUUID();
    private final String url;
    private final Properties properties = new Properties();
    private final Map<String, List<Consumer<String>>> subscribers = new ConcurrentHashMap<>();
    private final Freshness freshness = new Freshness();
    private final Thread listener;
    private volatile boolean closed;

    public Events(String jdbcUrl, String user, Secret password) {
        this.url = jdbcUrl;
        properties.setProperty("user", user);
        properties.setProperty("password", password.reveal());
        properties.setProperty("ApplicationName", name);
        properties.setProperty("tcpKeepAlive", "true");
        this.listener = Thread.ofVirtual().name("database-events").start(this::run);
    }

    /** The name by which the database sees the connection of these events, as long as it lives: one for each process. */
    public String name() {
        return name;
    }

    /** Whether what was read about credentials and rights still holds. */
    public Freshness freshness() {
        return freshness;
    }

    /** Calls {@code listener} with each payload of {@code topic} until the subscription is closed. It must be quick. */
    public Subscription subscribe(String topic, Consumer<String> subscriber) {
        var list = subscribers.computeIfAbsent(topic, ignored -> new CopyOnWriteArrayList<>());
        list.add(subscriber);
        return () -> subscribers.computeIfPresent(topic, (ignored, all) -> {
            all.remove(subscriber);
            return all.isEmpty() ? null : all;
        });
    }

    /** The SQL that tells events, {@code :announced}; run inside the transaction whose commit they announce. */
    public static String notifySql() {
        return "SELECT pg_notify('" + CHANNEL + "', event) FROM unnest(:announced) AS event";
    }

    /** An event as {@link #notifySql} takes it. */
    public static String event(String topic, String payload) {
        return topic + ' ' + payload;
    }

    private void run() {
        boolean first = true;
        while (!closed) {
            try (Connection connection = DriverManager.getConnection(url, properties);
                    var statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
                freshness.hearing();
                if (!first) {
                    subscribers.values().forEach(all -> all.forEach(one -> call(one, RESYNCHRONIZE)));
                }
                first = false;
                listen(connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                freshness.deaf();
                pauseAfter(e);
            }
        }
    }

    private void listen(PGConnection connection) throws SQLException {
        while (!closed) {
            var notifications =
                    connection.getNotifications((int) Duration.ofSeconds(20).toMillis());
            if (notifications == null) {
                continue;
            }
            for (var notification : notifications) {
                dispatch(notification.getParameter());
            }
        }
    }

    private void dispatch(String parameter) {
        int space = parameter.indexOf(' ');
        if (space > 0) {
            String topic = parameter.substring(0, space);
            String payload = parameter.substring(space + 1);
            if (Topics.RIGHTS.contains(topic)) {
                freshness.changed(); // before anybody looks again because of it
            }
            subscribers.getOrDefault(topic, List.of()).forEach(one -> call(one, payload));
        }
    }

    private static void call(Consumer<String> subscriber, String payload) {
        try {
            subscriber.accept(payload);
        } catch (RuntimeException e) {
            LOG.warn("an event's subscriber failed", e);
        }
    }

    private void pauseAfter(SQLException failure) {
        if (!closed) {
            LOG.warn("the connection for database events was lost, connecting again: {}", failure.getMessage());
            try {
                Thread.sleep(Duration.ofMillis(500));
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        freshness.deaf();
        listener.interrupt();
    }

    /** Ends a subscription when closed. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
