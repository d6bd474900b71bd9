package dev.cloister.agent;

import dev.cloister.agent.bootstrap.Enrollment;
import dev.cloister.agent.bootstrap.TokenEnrollment;
import dev.cloister.agent.control.WebSocketDialer;
import dev.cloister.agent.process.Privacy;
import dev.cloister.agent.splice.LoopbackProxy;
import dev.cloister.agent.training.Training;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an agent. Its standard input carries a length-delimited {@code Bootstrap} and nothing else; with {@code
 * --by-token} it is told the rest by the server at {@code CODER_AGENT_URL}, to which it shows {@code CODER_AGENT_TOKEN}.
 */
public final class AgentMain {
    private static final Logger LOG = LoggerFactory.getLogger(AgentMain.class);

    /** Kept as a field, or the logger and its level would be collected. */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("org.apache.sshd");

    private static final Duration STOP_SCRIPTS = Duration.ofSeconds(30);
    private static final int WRONG_START = 64;

    private AgentMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Before anything secret is in this process.
        Privacy.begin();
        // Clients that hang up are its everyday business, told as errors with stack traces.
        LIBRARY.setLevel(Level.OFF);
        if (arguments.length == 1 && arguments[0].equals("--train")) {
            Training.run();
            System.exit(0);
        }
        try {
            start(enrollment(arguments)).run();
        } catch (IOException | RuntimeException e) {
            LOG.error("the agent cannot start: {}", e.getMessage());
            System.exit(WRONG_START);
        }
    }

    /** Its environment is closed to other processes of the account by {@link Privacy}, and no child gets it. */
    private static Enrollment enrollment(String[] arguments) throws IOException, InterruptedException {
        return arguments.length == 1 && arguments[0].equals("--by-token")
                ? TokenEnrollment.of(System.getenv()).enroll()
                : Enrollment.read(System.in);
    }

    private static Agent start(Enrollment enrollment) throws IOException {
        var proxy = enrollment.proxy();
        if (proxy != null) {
            LoopbackProxy.start(proxy.port(), proxy.socket());
        }
        var agent = new Agent(enrollment, new WebSocketDialer(enrollment), Clock.systemUTC(), Agent.Timing.USUAL);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(agent), "stop"));
        return agent;
    }

    private static void stop(Agent agent) {
        try {
            agent.stop(STOP_SCRIPTS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
