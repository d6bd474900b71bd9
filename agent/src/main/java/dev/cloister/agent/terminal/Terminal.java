package dev.cloister.agent.terminal;

import com.google.protobuf.ByteString;
import dev.cloister.agent.process.ChildProcess;
import dev.cloister.agent.process.TerminalSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process on a pseudo-terminal that belongs to one user and is watched by any number of that user's clients. */
final class Terminal {
    /** Full reset (ECMA-48 RIS): the client's screen starts afresh before it is shown what there is. */
    private static final byte[] RESET = "\033c".getBytes(StandardCharsets.US_ASCII);

    private final ByteString owner;
    private final ChildProcess child;
    private final Scrollback scrollback;
    private final List<Viewer> viewers = new ArrayList<>();
    private long idleSince = System.nanoTime();
    private boolean over;

    Terminal(ByteString owner, ChildProcess child, int scrollbackBytes) {
        this.owner = owner;
        this.child = child;
        this.scrollback = new Scrollback(scrollbackBytes);
    }

    boolean belongsTo(ByteString user) {
        return owner.equals(user);
    }

    /** Passes what the process prints to the viewers, until it ends. */
    void run() {
        var chunk = new byte[16 * 1024];
        try {
            int length;
            while ((length = child.output().read(chunk)) >= 0) {
                show(chunk, length);
            }
        } catch (IOException _) {
            // The terminal was closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            finish();
        }
    }

    private void show(byte[] chunk, int length) throws InterruptedException {
        var copy = Arrays.copyOf(chunk, length);
        List<Viewer> present;
        synchronized (this) {
            scrollback.add(chunk, length);
            present = List.copyOf(viewers);
        }
        for (var viewer : present) {
            if (!viewer.offer(copy)) {
                leave(viewer);
            }
        }
    }

    /** Lets {@code viewer} in, with the screen so far; if the process has ended, that is all there is. */
    synchronized void join(Viewer viewer) throws InterruptedException {
        var past = scrollback.contents();
        if (past.length > 0) {
            viewer.offer(RESET);
            viewer.offer(past);
        }
        if (over) {
            viewer.end();
        } else {
            viewers.add(viewer);
        }
    }

    synchronized void leave(Viewer viewer) {
        viewers.remove(viewer);
        if (viewers.isEmpty()) {
            idleSince = System.nanoTime();
        }
    }

    /** Whether nobody has watched for longer than {@code limit}. */
    synchronized boolean forgotten(Duration limit) {
        return viewers.isEmpty() && System.nanoTime() - idleSince > limit.toNanos();
    }

    void type(byte[] keys) throws IOException {
        child.input().write(keys);
    }

    void resize(TerminalSize size) {
        child.pty().ifPresent(pty -> {
            try {
                pty.resize(size);
            } catch (IOException _) {
                // The process has just ended.
            }
        });
    }

    /** Hangs up. */
    void end() {
        child.close();
    }

    private void finish() {
        child.close();
        List<Viewer> present;
        synchronized (this) {
            over = true;
            present = List.copyOf(viewers);
            viewers.clear();
        }
        present.forEach(Viewer::end);
    }
}
