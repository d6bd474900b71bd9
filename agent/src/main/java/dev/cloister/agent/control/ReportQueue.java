package dev.cloister.agent.control;

import com.google.protobuf.Empty;
import com.google.protobuf.MessageLite;
import dev.cloister.tunnel.drpc.DrpcException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server, in order and at least once, what must not be lost while there is no connection: changes of state,
 * finished scripts, who connected. Bounded: when it is full, the oldest report gives way.
 */
public final class ReportQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ReportQueue.class);
    private static final int MOST = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private record Report(String method, MessageLite request) {}

    private final Uplink uplink;
    private final Deque<Report> waiting = new ArrayDeque<>();

    public ReportQueue(Uplink uplink) {
        this.uplink = uplink;
    }

    public synchronized void add(String method, MessageLite request) {
        if (waiting.size() == MOST) {
            LOG.warn("a report to {} is dropped: too many wait for a connection", waiting.removeFirst().method);
        }
        waiting.addLast(new Report(method, request));
        notifyAll();
    }

    /** Sends until the thread is interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            var report = head();
            if (send(report)) {
                remove(report);
            }
        }
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
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

    private boolean send(Report report) throws InterruptedException {
        uplink.awaitConnection();
        try {
            uplink.call(report.method, report.request, Empty.parser());
            return true;
        } catch (DrpcException e) {
            LOG.warn("the server does not take a report to {}: {}", report.method, e.getMessage());
            return true;
        } catch (IOException e) {
            LOG.debug("a report to {} has to wait: {}", report.method, e.toString());
            Thread.sleep(PAUSE);
            return false;
        }
    }

    private synchronized Report head() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        return waiting.getFirst();
    }

    private synchronized void remove(Report report) {
        if (!waiting.isEmpty() && waiting.getFirst() == report) {
            waiting.removeFirst();
        }
        notifyAll();
    }
}
