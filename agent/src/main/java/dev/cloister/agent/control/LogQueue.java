package dev.cloister.agent.control;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.BatchCreateLogsRequest;
import dev.cloister.contract.agent.BatchCreateLogsResponse;
import dev.cloister.contract.agent.Log;
import dev.cloister.tunnel.drpc.DrpcException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines of log on their way to the server, sent in batches. Bounded in bytes: when there is no connection for long, the
 * newest lines give way to one line that says how many are missing.
 */
public final class LogQueue {
    private static final Logger LOG = LoggerFactory.getLogger(LogQueue.class);
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final int MOST_IN_BATCH = 500;
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int LINE_OVERHEAD = 64;
    private static final Duration GATHER = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private record Line(ByteString source, Log log) {
        int size() {
            return log.getOutput().length() + LINE_OVERHEAD;
        }
    }

    private final Uplink uplink;
    private final Clock clock;
    private final Deque<Line> waiting = new ArrayDeque<>();
    private long bytes;
    private long missing;
    private boolean full;

    public LogQueue(Uplink uplink, Clock clock) {
        this.uplink = uplink;
        this.clock = clock;
    }

    /** @param source which log it belongs to, as the manifest says for each script */
    public synchronized void add(ByteString source, Log.Level level, String text) {
        if (full) {
            return;
        }
        if (bytes > MOST_BYTES) {
            missing++;
            return;
        }
        if (missing > 0) {
            append(source, Log.Level.WARN, "[" + missing + " lines are missing: the server could not be reached]");
            missing = 0;
        }
        append(source, level, text);
        notifyAll();
    }

    private void append(ByteString source, Log.Level level, String text) {
        var line = new Line(
                source,
                Log.newBuilder()
                        .setCreatedAt(Times.timestamp(clock.instant()))
                        .setLevel(level)
                        .setOutput(text)
                        .build());
        bytes += line.size();
        waiting.addLast(line);
    }

    /** Sends until the thread is interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            awaitLine();
            Thread.sleep(GATHER);
            var batch = batch();
            if (send(batch)) {
                remove(batch.size());
            }
        }
    }

    /** Whether everything was sent within {@code limit}. */
    public synchronized boolean awaitEmpty(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!waiting.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private boolean send(List<Line> batch) throws InterruptedException {
        uplink.awaitConnection();
        var request = BatchCreateLogsRequest.newBuilder().setLogSourceId(batch.getFirst().source);
        batch.forEach(line -> request.addLogs(line.log));
        try {
            var reply = uplink.call(AgentRpc.BATCH_CREATE_LOGS, request.build(), BatchCreateLogsResponse.parser());
            if (reply.getLogLimitExceeded()) {
                stop();
            }
            return true;
        } catch (DrpcException e) {
            LOG.warn("the server does not take {} lines of log: {}", batch.size(), e.getMessage());
            return true;
        } catch (IOException e) {
            LOG.debug("{} lines of log have to wait: {}", batch.size(), e.toString());
            Thread.sleep(PAUSE);
            return false;
        }
    }

    private synchronized void awaitLine() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
    }

    /** As many lines of one source as go together. */
    private synchronized List<Line> batch() {
        var batch = new ArrayList<Line>();
        var source = waiting.getFirst().source;
        long size = 0;
        for (var line : waiting) {
            size += line.size();
            if (!line.source.equals(source)
                    || batch.size() == MOST_IN_BATCH
                    || !batch.isEmpty() && size > BATCH_BYTES) {
                break;
            }
            batch.add(line);
        }
        return batch;
    }

    private synchronized void remove(int count) {
        for (int i = 0; i < count && !waiting.isEmpty(); i++) {
            bytes -= waiting.removeFirst().size();
        }
        notifyAll();
    }

    private synchronized void stop() {
        LOG.warn("the server stores no more lines of this agent");
        full = true;
    }
}
