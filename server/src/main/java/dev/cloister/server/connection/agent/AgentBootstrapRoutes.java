package dev.cloister.server.connection.agent;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.TicketKey;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.api.AgentBootstrapRequest;
import dev.cloister.provisioner.TicketVerificationKey;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an agent is told that was started with nothing but its token: who it is, and by which keys it knows whom to let
 * in. It tells its SSH host key, for which clients trust the server.
 */
public final class AgentBootstrapRoutes {
    /** P-256, as agents make it. */
    private static final Pattern HOST_KEY = Pattern.compile("ecdsa-sha2-nistp256 [A-Za-z0-9+/]{100,200}={0,2}");

    private final Transactions transactions;
    private final AgentPresence presence;
    private final AgentBootstrapRepository repository = new AgentBootstrapRepository();
    private final List<TicketVerificationKey> keys;

    public AgentBootstrapRoutes(Transactions transactions, AgentPresence presence, List<TicketVerificationKey> keys) {
        this.transactions = transactions;
        this.presence = presence;
        this.keys = List.copyOf(keys);
    }

    public void register(Routes routes) {
        routes.post("/api/v2/workspaceagents/me/bootstrap", Access.agent(), this::bootstrap)
                .named("Agents", "Begin to be an agent: tell the own SSH host key, learn who opens connections")
                .takes(AgentBootstrapRequest.class)
                .answers(200, new Operation.Bytes("application/x-protobuf"));
    }

    private Response bootstrap(Request request) {
        if (!(request.caller() instanceof Caller.Agent agent)) {
            throw new Failure.Unauthenticated("Agent token is invalid.");
        }
        AgentGrant grant = presence.grant(agent);
        String hostKey = request.body(AgentBootstrapRequest.class).sshHostKey();
        if (hostKey == null || !HOST_KEY.matcher(hostKey).matches()) {
            throw new Failure.Invalid(
                    "Validation failed.", "ssh_host_key", "Must be an ecdsa-sha2-nistp256 key, without a comment.");
        }
        boolean kept = transactions.change(
                agent, tx -> Changed.unaudited(repository.keepHostKey(tx, grant, hostKey), Unaudited.AGENT_REPORT));
        if (!kept) {
            throw new Failure.Forbidden("This agent was given its host key and cannot change it.");
        }
        return Response.bytes(200, "application/x-protobuf", message(grant).toByteArray());
    }

    private Bootstrap message(AgentGrant grant) {
        var message = Bootstrap.newBuilder().setAgentId(UuidBytes.of(grant.agent()));
        for (TicketVerificationKey key : keys) {
            message.addTicketKeys(TicketKey.newBuilder()
                    .setId(key.id())
                    .setEd25519Spki(ByteString.copyFrom(key.key().getEncoded())));
        }
        return message.build();
    }
}
