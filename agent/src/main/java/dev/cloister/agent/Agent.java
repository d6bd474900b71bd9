package dev.cloister.agent;

import dev.cloister.agent.app.AppSupervisor;
import dev.cloister.agent.app.HealthReporter;
import dev.cloister.agent.bootstrap.Enrollment;
import dev.cloister.agent.control.Backoff;
import dev.cloister.agent.control.Dialer;
import dev.cloister.agent.control.Lifecycle;
import dev.cloister.agent.control.LogQueue;
import dev.cloister.agent.control.ReportQueue;
import dev.cloister.agent.control.ServerLink;
import dev.cloister.agent.control.StatsReporter;
import dev.cloister.agent.control.Uplink;
import dev.cloister.agent.git.GitSupport;
import dev.cloister.agent.metadata.MetadataLoop;
import dev.cloister.agent.metadata.MetadataScript;
import dev.cloister.agent.process.ChildProcess;
import dev.cloister.agent.process.Signals;
import dev.cloister.agent.script.Scripts;
import dev.cloister.agent.ssh.SshEndpoint;
import dev.cloister.agent.stream.Connections;
import dev.cloister.agent.stream.ListeningPortsChannel;
import dev.cloister.agent.stream.ListeningSockets;
import dev.cloister.agent.stream.PortChannel;
import dev.cloister.agent.stream.StreamGate;
import dev.cloister.agent.terminal.TerminalChannel;
import dev.cloister.agent.workplace.Workplace;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.GetManifestRequest;
import dev.cloister.contract.agent.Lifecycle.State;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.Startup;
import dev.cloister.contract.agent.UpdateStartupRequest;
import dev.cloister.contract.ticket.TicketVerifier;
import dev.cloister.tunnel.drpc.DrpcClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All parts of an agent, put together. */
public final class Agent {
    /** Times that differ between real life and tests. */
    public record Timing(
            Duration firstRetry,
            Duration longestRetry,
            Duration terminalKept,
            Duration headerPatience,
            Duration appRestart) {
        public static final Timing USUAL = new Timing(
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
    }

    private static final String VERSION = "v0.1.0";
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Workplace workplace;
    private final Uplink uplink = new Uplink();
    private final ReportQueue reports = new ReportQueue(uplink);
    private final LogQueue logs;
    private final Lifecycle lifecycle;
    private final Connections connections;
    private final Scripts scripts;
    private final MetadataLoop metadata;
    private final AppSupervisor apps;
    private final HealthReporter health;
    private final SshEndpoint ssh;
    private final ServerLink link;
    private @Nullable Manifest manifest;
    private boolean stopping;

    public Agent(Enrollment enrollment, Dialer dialer, Clock clock, Timing timing) {
        var proxy = enrollment.proxy();
        workplace = new Workplace(enrollment.account(), proxy == null ? 0 : proxy.port());
        workplace.offer(GitSupport.start(uplink, enrollment.tools()));
        logs = new LogQueue(uplink, clock);
        lifecycle = new Lifecycle(reports, clock);
        connections = new Connections(reports, clock);
        scripts = new Scripts(workplace, logs, reports, clock);
        metadata = new MetadataLoop(uplink, new MetadataScript(workplace, clock));
        apps = new AppSupervisor(workplace, timing.appRestart());
        health = new HealthReporter(uplink);
        ssh = new SshEndpoint(workplace, enrollment.hostKey());
        var gate = new StreamGate(
                new TicketVerifier(enrollment.ticketKeys(), enrollment.agentId(), clock),
                Map.of(
                        Channel.SSH, ssh,
                        Channel.TERMINAL, new TerminalChannel(workplace, timing.terminalKept()),
                        Channel.PORT, new PortChannel(),
                        Channel.LISTENING_PORTS,
                                new ListeningPortsChannel(
                                        new ListeningSockets(Path.of("/proc"), proxy == null ? 0 : proxy.port()))),
                connections,
                timing.headerPatience());
        var backoff = new Backoff(timing.firstRetry(), timing.longestRetry(), new SecureRandom());
        link = new ServerLink(dialer, backoff, uplink, this::greet, gate::admit);
    }

    /** Connects and serves until the thread is interrupted. */
    public void run() throws InterruptedException {
        background("reports", reports::run);
        background("logs", logs::run);
        background("stats", new StatsReporter(uplink, connections::stats)::run);
        link.run();
    }

    /** First words on every session: who are we, what do we run, where do we stand. */
    private void greet(DrpcClient server) throws IOException {
        var description = Manifest.parseFrom(server.call(
                AgentRpc.GET_MANIFEST, GetManifestRequest.getDefaultInstance().toByteArray()));
        workplace.adopt(description);
        var startup = Startup.newBuilder()
                .setVersion(VERSION)
                .setExpandedDirectory(workplace.directory().toString());
        server.call(
                AgentRpc.UPDATE_STARTUP,
                UpdateStartupRequest.newBuilder().setStartup(startup).build().toByteArray());
        lifecycle.announce(server);
        beginOnce(description);
    }

    /** Scripts and apps begin with the first description of the workspace; a later session changes nothing. */
    private synchronized void beginOnce(Manifest description) {
        if (manifest == null && !stopping) {
            manifest = description;
            background("start-up", () -> startUp(description));
            background("warm-up", ssh::warmUp);
        }
    }

    private void startUp(Manifest description) throws InterruptedException {
        lifecycle.enter(State.STARTING);
        metadata.start(description.getMetadataList());
        health.start(description.getAppsList());
        var state = scripts.start(description.getScriptsList());
        synchronized (this) {
            if (stopping) {
                return;
            }
            lifecycle.enter(state);
            scripts.schedule(description.getScriptsList());
        }
        // After the scripts, which may install what the apps need.
        apps.start(description.getAppsList());
    }

    /** Runs the stop scripts within {@code limit}, says the last words, and hangs up what still runs. */
    public void stop(Duration limit) throws InterruptedException {
        Manifest description;
        synchronized (this) {
            stopping = true;
            description = manifest;
        }
        if (description != null) {
            lifecycle.enter(State.SHUTTING_DOWN);
            lifecycle.enter(scripts.stop(description.getScriptsList(), limit));
        }
        logs.awaitEmpty(LAST_WORDS);
        reports.awaitEmpty(LAST_WORDS);
        ChildProcess.signalAll(Signals.HUP);
        ChildProcess.signalAll(Signals.TERM);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private static void background(String name, Work work) {
        Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
