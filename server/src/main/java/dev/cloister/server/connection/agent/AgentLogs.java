package dev.cloister.server.connection.agent;

import dev.cloister.contract.api.WorkspaceAgentLog;
import dev.cloister.contract.api.WorkspaceAgentMetadata;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.time.Clock;
import java.util.List;

/** Reads what an agent has reported. */
public final class AgentLogs {
    /** The most lines of one answer. An agent's whole log has about so many at most. */
    static final int PAGE = 20_000;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final AgentLogRepository repository;
    private final Clock clock;

    public AgentLogs(Transactions transactions, Authorizer authorizer, AgentLogRepository repository, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
        this.clock = clock;
    }

    /** Whether the caller may still see an agent. */
    boolean maySee(Caller caller, WorkspaceAgentId agent) {
        return transactions.read(
                tx -> authorizer.check(tx, caller, Action.READ, agent).isPresent());
    }

    List<WorkspaceAgentLog> lines(Caller caller, WorkspaceAgentId agent, long after, long before) {
        return transactions.read(
                tx -> repository.logs(tx, authorizer.require(tx, caller, Action.READ, agent), after, before, PAGE));
    }

    List<WorkspaceAgentMetadata> metadata(Caller caller, WorkspaceAgentId agent) {
        return transactions.read(
                tx -> repository.metadata(tx, authorizer.require(tx, caller, Action.READ, agent), clock.instant()));
    }
}
