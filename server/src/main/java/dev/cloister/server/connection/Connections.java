package dev.cloister.server.connection;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.connection.agent.AgentAuthentication;
import dev.cloister.server.connection.agent.AgentBootstrapRoutes;
import dev.cloister.server.connection.agent.AgentCall;
import dev.cloister.server.connection.agent.AgentCalls;
import dev.cloister.server.connection.agent.AgentCredentialRepository;
import dev.cloister.server.connection.agent.AgentLogRepository;
import dev.cloister.server.connection.agent.AgentLogs;
import dev.cloister.server.connection.agent.AgentPresence;
import dev.cloister.server.connection.agent.AgentPresenceRepository;
import dev.cloister.server.connection.agent.AgentReportRepository;
import dev.cloister.server.connection.agent.AgentReportRoutes;
import dev.cloister.server.connection.agent.AgentReports;
import dev.cloister.server.connection.agent.AgentRepository;
import dev.cloister.server.connection.agent.AgentRoutes;
import dev.cloister.server.connection.agent.AgentSessions;
import dev.cloister.server.connection.agent.AgentUploadRepository;
import dev.cloister.server.connection.agent.AgentUploads;
import dev.cloister.server.connection.agent.AppHosts;
import dev.cloister.server.connection.agent.ManifestRepository;
import dev.cloister.server.connection.agent.Manifests;
import dev.cloister.server.connection.agent.MetadataBuffer;
import dev.cloister.server.connection.agent.OwnerSecrets;
import dev.cloister.server.connection.agent.Replica;
import dev.cloister.server.connection.agent.ReplicaKeeper;
import dev.cloister.server.connection.agent.ReplicaRepository;
import dev.cloister.server.connection.relay.RelayKey;
import dev.cloister.server.connection.relay.RelayLinks;
import dev.cloister.server.connection.relay.RelayRoutes;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.secret.SecretCipher;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of this feature put together. */
public final class Connections implements AutoCloseable {
    private final AgentAuthentication authentication;
    private final AgentSessions sessions;
    private final MetadataBuffer metadata;
    private final LiveConnections live;
    private final ConnectionJournal journal;
    private final StreamOpener opener;
    private final TicketKeys keys;
    private final ReplicaKeeper keeper;
    private final AgentRoutes agentRoutes;
    private final StreamRoutes streamRoutes;
    private final AgentReportRoutes reportRoutes;
    private final AgentBootstrapRoutes bootstrapRoutes;
    private final ListeningPortRoutes portRoutes;
    private final PlannedAgentRoutes plannedRoutes;
    private final ConnectionLogRoutes logRoutes;
    private final RelayLinks relays;
    private final RelayRoutes relayRoutes;

    /**
     * What an operator decides.
     *
     * @param hostnameSuffix under which clients put workspaces into their OpenSSH configuration
     * @param reconnection how long somebody who wants to connect waits for an agent that has lost its server process
     * @param relayUrl where the other servers of the deployment reach this one, null for not at all
     */
    public record Settings(
            AppHosts appHosts,
            String hostnameSuffix,
            LiveConnections.Limits limits,
            Duration reconnection,
            @Nullable URI relayUrl) {
        /** Agents try again within seconds; longer than this, a person would rather be told. */
        public static final Duration RECONNECTION = Duration.ofSeconds(10);

        public Settings(
                AppHosts appHosts, String hostnameSuffix, LiveConnections.Limits limits, @Nullable URI relayUrl) {
            this(appHosts, hostnameSuffix, limits, RECONNECTION, relayUrl);
        }
    }

    /**
     * @param clock of everything that is stored
     * @param cipher of the key that signs tickets
     * @param secrets of the owners of workspaces, for agents
     * @param calls what agents can ask of other features
     * @param holders looks credentials up again, for connections that outlive a request
     */
    public Connections(
            Transactions transactions,
            Authorizer authorizer,
            Events events,
            Pushes pushes,
            CredentialHolders holders,
            SecretCipher cipher,
            OwnerSecrets secrets,
            List<AgentCall<?>> calls,
            Settings settings,
            Clock clock) {
        var replica = Replica.random(events.name(), settings.relayUrl());
        var presence = new AgentPresenceRepository();
        var reports = new AgentReportRepository();
        var logs = new ConnectionLogRepository();
        this.keys = TicketKeys.load(transactions, cipher, clock);
        this.authentication = new AgentAuthentication(transactions, new AgentCredentialRepository());
        this.metadata = new MetadataBuffer(transactions, reports, clock);
        var grants = new AgentPresence(transactions, authorizer, presence, replica, clock);
        var reported = new AgentReports(transactions, reports, clock);
        this.sessions = new AgentSessions(
                grants,
                new AgentCalls(
                        new Manifests(transactions, new ManifestRepository(), secrets, settings.appHosts()),
                        reported,
                        metadata,
                        calls),
                events);
        var relayKey = RelayKey.load(transactions, cipher, clock);
        this.relays = new RelayLinks(relayKey, clock);
        this.relayRoutes = new RelayRoutes(relayKey, replica, sessions, clock);
        var reach = new AgentReach(sessions, grants, relays, settings.reconnection());
        this.reportRoutes = new AgentReportRoutes(
                new AgentUploads(transactions, grants, reported, new AgentUploadRepository(), clock));
        this.bootstrapRoutes = new AgentBootstrapRoutes(transactions, grants, keys.verificationKeys());
        this.live = new LiveConnections(events, settings.limits());
        this.journal = new ConnectionJournal(transactions, logs, replica, clock);
        this.opener =
                new StreamOpener(transactions, authorizer, new AgentRepository(), reach, holders, keys.issuer(clock));
        this.portRoutes = new ListeningPortRoutes(
                new ListeningPortQuery(transactions, authorizer, new AgentRepository(), opener));
        this.plannedRoutes = new PlannedAgentRoutes(transactions, authorizer);
        this.keeper = new ReplicaKeeper(
                transactions,
                new ReplicaRepository(),
                presence,
                replica,
                clock,
                List.of(sessions::keepAlive, journal::closeOrphans, live::reviewAll));
        this.agentRoutes = new AgentRoutes(
                sessions, new AgentLogs(transactions, authorizer, new AgentLogRepository(), clock), pushes, events);
        this.streamRoutes = new StreamRoutes(new UserStreams(opener, live, journal), settings.hostnameSuffix());
        this.logRoutes = new ConnectionLogRoutes(transactions, authorizer, logs);
    }

    public void register(Routes routes) {
        agentRoutes.register(routes);
        streamRoutes.register(routes);
        reportRoutes.register(routes);
        bootstrapRoutes.register(routes);
        portRoutes.register(routes);
        plannedRoutes.register(routes);
        logRoutes.register(routes);
        relayRoutes.register(routes);
    }

    /** Must have run before the first request: says that this process lives, and closes what dead ones left open. */
    public void start() {
        keeper.start();
        journal.closeOrphans();
    }

    /** The agent of an agent's token, for the server's authentication. */
    public Optional<Caller.Agent> agent(Secret token, Origin origin) {
        return authentication.agent(token, origin);
    }

    /** The key pair of tickets; builds give its public half to agents. */
    public TicketKeys ticketKeys() {
        return keys;
    }

    /** For the apps. */
    public StreamOpener opener() {
        return opener;
    }

    public LiveConnections live() {
        return live;
    }

    public ConnectionJournal journal() {
        return journal;
    }

    /** Ends every connection and says so in the database. Run after the web server has stopped taking new ones. */
    @Override
    public void close() {
        live.close();
        relays.close();
        relayRoutes.close();
        sessions.close();
        metadata.close();
        keeper.close();
    }
}
