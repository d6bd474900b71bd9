package dev.cloister.server.connection.agent;

import dev.cloister.contract.api.ServerSentEvent;
import dev.cloister.contract.api.WorkspaceAgentLog;
import dev.cloister.gateway.stream.EdgeSocket;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Route;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way in for agents, and their logs and measurements for people. */
public final class AgentRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.WORKSPACE);
    private static final String AGENT = "/api/v2/workspaceagents/{workspaceagent}";
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(AgentRoutes.class);

    private final AgentSessions sessions;
    private final AgentLogs logs;
    private final Pushes pushes;
    private final Events events;

    public AgentRoutes(AgentSessions sessions, AgentLogs logs, Pushes pushes, Events events) {
        this.sessions = sessions;
        this.logs = logs;
        this.pushes = pushes;
        this.events = events;
    }

    public void register(Routes routes) {
        routes.stream("/api/v2/workspaceagents/me/rpc", Access.agent(), this::rpc)
                .named("Agents", "Connect an agent")
                .query("version", String.class, "The version of the protocol that the agent speaks")
                .answers(101, new Operation.Bytes("application/octet-stream"));
        routes.get(AGENT + "/logs", READ, this::logs)
                .named("Agents", "Read the log of an agent")
                .query("after", Long.class, "Only lines after the one of this number")
                .query("before", Long.class, "Only lines before the one of this number")
                .query("format", String.class, "json, or text for people")
                .answersList(200, WorkspaceAgentLog.class);
        routes.socket(AGENT + "/logs", READ, this::followLogs)
                .named("Agents", "Follow the log of an agent")
                .query("after", Long.class, "Only lines after the one of this number")
                .query("before", Long.class, "Only lines before the one of this number")
                .answers(101, new Operation.JsonList(WorkspaceAgentLog.class));
        routes.get(AGENT + "/startup-logs", READ, this::logs)
                .named("Agents", "Read the log of an agent by its former address")
                .query("after", Long.class, "Only lines after the one of this number")
                .query("before", Long.class, "Only lines before the one of this number")
                .answersList(200, WorkspaceAgentLog.class);
        routes.get(AGENT + "/watch-metadata", READ, this::watchMetadata)
                .named("Agents", "Watch the metadata of an agent by server-sent events")
                .answers(200, new Operation.Bytes("text/event-stream"));
        routes.socket(AGENT + "/watch-metadata-ws", READ, this::watchMetadataSocket)
                .named("Agents", "Watch the metadata of an agent")
                .answers(101, ServerSentEvent.class);
    }

    private Route.Upgraded rpc(Request request) {
        request.query("version").ifPresent(ProtocolVersion::require);
        if (!(request.caller() instanceof Caller.Agent agent)) {
            throw new Failure.Unauthenticated("Agent token is invalid.");
        }
        var socket = new EdgeSocket(link -> {
            try {
                sessions.serve(agent, link);
            } catch (Failure e) {
                LOG.warn("the connection of agent {} ended: {}", agent.agentId(), e.getMessage());
            }
        });
        return socket::upgrade;
    }

    private Response logs(Request request) {
        var lines = lines(request, after(request));
        return request.query("format").filter("text"::equals).isPresent()
                ? Response.bytes(200, "text/plain; charset=utf-8", text(lines))
                : Response.ok(lines);
    }

    private List<WorkspaceAgentLog> lines(Request request, long after) {
        long before = request.number("before", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        return logs.lines(request.caller(), agent(request), after, before);
    }

    private static byte[] text(List<WorkspaceAgentLog> lines) {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(line.createdAt())
                    .append(" [")
                    .append(line.level().name().toLowerCase(Locale.ROOT))
                    .append("] ")
                    .append(line.output())
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long after(Request request) {
        return request.number("after", 0, 0, Long.MAX_VALUE);
    }

    private static WorkspaceAgentId agent(Request request) {
        return new WorkspaceAgentId(request.id("workspaceagent"));
    }

    private BooleanSupplier stillMay(Request request) {
        return () -> logs.maySee(request.caller(), agent(request));
    }

    /** Lines as they come, each message a list of them. The first message has what there is. */
    private Session.Listener followLogs(Request request) {
        lines(request, Long.MAX_VALUE - 1);
        return pushes.socket(request, stillMay(request), push -> {
            long[] last = {after(request)};
            repeat(push, Topics.AGENT_LOGS, agent(request), first -> {
                var lines = lines(request, last[0]);
                if (!lines.isEmpty()) {
                    last[0] = lines.getLast().id();
                }
                if (first || !lines.isEmpty()) {
                    push.send(lines);
                }
            });
        });
    }

    private Response watchMetadata(Request request) {
        logs.metadata(request.caller(), agent(request));
        return pushes.serverSentEvents(request, stillMay(request), push -> pushMetadata(request, push));
    }

    private Session.Listener watchMetadataSocket(Request request) {
        logs.metadata(request.caller(), agent(request));
        return pushes.socket(request, stillMay(request), push -> pushMetadata(request, push.asEvents()));
    }

    private void pushMetadata(Request request, Push push) throws IOException, InterruptedException {
        repeat(
                push,
                Topics.AGENT_METADATA,
                agent(request),
                ignored -> push.send(logs.metadata(request.caller(), agent(request))));
    }

    @FunctionalInterface
    private interface Step {
        void run(boolean first) throws IOException;
    }

    /** Takes the step now and after each event about the agent, at most ten times a second. */
    private void repeat(Push push, String topic, WorkspaceAgentId agent, Step step)
            throws IOException, InterruptedException {
        var wakeUp = new Semaphore(0);
        try (var _ = events.subscribe(topic, payload -> {
            if (payload.equals(agent.value().toString()) || payload.equals(Events.RESYNCHRONIZE)) {
                wakeUp.release();
            }
        })) {
            push.onEnd(wakeUp::release);
            step.run(true);
            while (push.isOpen()) {
                if (wakeUp.tryAcquire(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)) {
                    Thread.sleep(PAUSE);
                    wakeUp.drainPermits();
                    if (push.isOpen()) {
                        step.run(false);
                    }
                } else {
                    push.keepAlive();
                }
            }
        }
    }
}
