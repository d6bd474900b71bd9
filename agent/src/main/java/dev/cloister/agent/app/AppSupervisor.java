package dev.cloister.agent.app;

import dev.cloister.agent.control.Backoff;
import dev.cloister.agent.process.ChildProcess;
import dev.cloister.agent.workplace.Workplace;
import dev.cloister.contract.agent.WorkspaceApp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps apps running that have a command: one that ends is started again, later each time it ends soon. Output goes to
 * {@code ~/.local/state/cloister/apps}, bounded.
 */
public final class AppSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(AppSupervisor.class);
    private static final Duration STABLE = Duration.ofMinutes(1);
    private static final Pattern SLUG = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}");

    private final Workplace workplace;
    private final Duration firstPause;

    /** @param firstPause how long after its first end an app is started again */
    public AppSupervisor(Workplace workplace, Duration firstPause) {
        this.workplace = workplace;
        this.firstPause = firstPause;
    }

    public void start(List<WorkspaceApp> apps) {
        for (var app : apps) {
            if (!app.getCommand().isEmpty() && SLUG.matcher(app.getSlug()).matches()) {
                Thread.ofVirtual().name("app-" + app.getSlug()).start(() -> supervise(app));
            }
        }
    }

    private void supervise(WorkspaceApp app) {
        var backoff = new Backoff(firstPause, Duration.ofMinutes(1), new SecureRandom());
        try {
            while (true) {
                long start = System.nanoTime();
                run(app);
                if (System.nanoTime() - start > STABLE.toNanos()) {
                    backoff.reset();
                }
                Thread.sleep(backoff.next());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(WorkspaceApp app) throws InterruptedException {
        // One pipe for both streams keeps the order of lines.
        var order = workplace.command("exec 2>&1; " + app.getCommand(), Map.of());
        try (var log = new AppLog(directory(), app.getSlug());
                var child = ChildProcess.onPipes(order)) {
            child.input().close();
            copy(child.output(), log);
            var exit = child.waitFor();
            LOG.info("app {} ended with status {}", app.getSlug(), exit.shellStatus());
        } catch (IOException e) {
            LOG.warn("app {} cannot run: {}", app.getSlug(), e.toString());
        }
    }

    private static void copy(InputStream output, AppLog log) throws IOException {
        var chunk = new byte[8 * 1024];
        int length;
        while ((length = output.read(chunk)) >= 0) {
            log.write(chunk, length);
        }
    }

    private Path directory() {
        return workplace.account().home().resolve(".local/state/cloister/apps");
    }
}
