package dev.cloister.tunnel.mux;

import java.time.Duration;

/**
 * Limits and times of a session.
 *
 * @param receiveWindow bytes the peer may send on one stream before we read them; at least 262,144, which is what the
 *     protocol grants unasked
 * @param acceptBacklog streams the peer may open before {@link MuxSession#accept} takes them; more are reset. Also how
 *     many of ours may wait for the peer's acceptance
 * @param maxStreams streams the peer may have open at once; more are reset
 * @param maxBuffered bytes received and not yet read, over all streams; the stream that goes beyond is reset
 * @param keepAliveInterval between two pings; zero sends none
 * @param keepAliveTimeout after a ping without any sign of life the session ends
 * @param openTimeout a stream of ours that the peer has not accepted by then is reset
 * @param closeTimeout a closed stream whose peer has not finished by then is reset
 */
public record MuxSettings(
        int receiveWindow,
        int acceptBacklog,
        int maxStreams,
        long maxBuffered,
        Duration keepAliveInterval,
        Duration keepAliveTimeout,
        Duration openTimeout,
        Duration closeTimeout) {

    public MuxSettings {
        if (receiveWindow < Header.INITIAL_WINDOW) {
            throw new IllegalArgumentException("The receive window is at least " + Header.INITIAL_WINDOW + " bytes.");
        }
        if (acceptBacklog < 1 || maxStreams < 1 || maxBuffered < receiveWindow) {
            throw new IllegalArgumentException("A session needs room for a stream and its window.");
        }
    }

    /** Windows of 1 MiB, a ping every 30 s answered within 10 s, and the protocol's usual limits. */
    public static MuxSettings defaults() {
        return new MuxSettings(
                1 << 20,
                256,
                4096,
                64L << 20,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofMinutes(5));
    }

    public MuxSettings withKeepAlive(Duration interval, Duration timeout) {
        return new MuxSettings(
                receiveWindow, acceptBacklog, maxStreams, maxBuffered, interval, timeout, openTimeout, closeTimeout);
    }

    public MuxSettings withReceiveWindow(int bytes) {
        return new MuxSettings(
                bytes,
                acceptBacklog,
                maxStreams,
                Math.max(maxBuffered, bytes),
                keepAliveInterval,
                keepAliveTimeout,
                openTimeout,
                closeTimeout);
    }

    public MuxSettings withStreams(int backlog, int most) {
        return new MuxSettings(
                receiveWindow,
                backlog,
                most,
                maxBuffered,
                keepAliveInterval,
                keepAliveTimeout,
                openTimeout,
                closeTimeout);
    }

    public MuxSettings withMaxBuffered(long bytes) {
        return new MuxSettings(
                receiveWindow,
                acceptBacklog,
                maxStreams,
                bytes,
                keepAliveInterval,
                keepAliveTimeout,
                openTimeout,
                closeTimeout);
    }

    public MuxSettings withStreamTimeouts(Duration open, Duration close) {
        return new MuxSettings(
                receiveWindow,
                acceptBacklog,
                maxStreams,
                maxBuffered,
                keepAliveInterval,
                keepAliveTimeout,
                open,
                close);
    }
}
