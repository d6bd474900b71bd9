package dev.cloister.server.connection;

import dev.cloister.contract.api.AgentHostKey;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.SSHConfigResponse;
import dev.cloister.gateway.stream.EdgeSocket;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Route;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.websocket.api.Session;

/** Streams into workspaces, and what a client has to know before it asks for one. */
public final class StreamRoutes {
    private static final Access SSH = Access.to(Action.SSH, ResourceType.WORKSPACE);
    private static final String AGENT = "/api/v2/workspaceagents/{workspaceagent}";
    private static final int MAX_COMMAND = 4096;
    private static final int MAX_EDGE = 2000;

    private final UserStreams streams;
    private final String hostnameSuffix;

    /** @param hostnameSuffix under which clients put workspaces into their OpenSSH configuration, such as cloister */
    public StreamRoutes(UserStreams streams, String hostnameSuffix) {
        this.streams = streams;
        this.hostnameSuffix = hostnameSuffix;
    }

    public void register(Routes routes) {
        routes.stream(AGENT + "/stream", SSH, this::stream)
                .named("Agents", "Open a stream into a workspace")
                .query("channel", String.class, "ssh or port")
                .query("port", Integer.class, "The port, for a channel to one")
                .answers(101, new Operation.Bytes("application/octet-stream"));
        routes.stream(AGENT + "/pty", SSH, this::terminal)
                .named("Agents", "Open a terminal")
                .query("reconnect", UUID.class, "Names the terminal, to come back to it")
                .query("command", String.class, "What to run in place of the shell")
                .query("height", Integer.class, "Rows")
                .query("width", Integer.class, "Columns")
                .answers(101, new Operation.Bytes("application/octet-stream"));
        routes.get(AGENT + "/ssh-host-key", SSH, this::hostKey)
                .named("Agents", "Get the SSH host key of an agent")
                .answers(200, AgentHostKey.class);
        routes.get(AGENT + "/connection", SSH, this::tunnel)
                .named("Agents", "Get the relays of the peer-to-peer tunnel")
                .answers(501, ApiError.class);
        routes.socket(AGENT + "/coordinate", SSH, this::coordinate)
                .named("Agents", "Coordinate a peer-to-peer tunnel")
                .answers(501, ApiError.class);
        routes.get(
                        "/api/v2/deployment/ssh",
                        Access.signedIn("how host names are written is the same for everybody"),
                        this::sshConfig)
                .named("General", "Get how the host names of workspaces are written")
                .answers(200, SSHConfigResponse.class);
    }

    private Route.Upgraded stream(Request request) {
        String channel = request.query("channel").orElse("");
        Wanted wanted = switch (channel) {
            case "ssh" -> new Wanted.Ssh();
            case "port" -> new Wanted.Port((int) required(request, "port", 1, 65_535));
            default ->
                throw new Failure.Invalid(
                        "Query parameters have invalid values.", "channel", "Must be \"ssh\" or \"port\".");
        };
        return open(request, wanted);
    }

    private static long required(Request request, String name, long least, long most) {
        if (request.query(name).isEmpty()) {
            throw new Failure.Invalid("Query parameters have invalid values.", name, "Is required.");
        }
        return request.number(name, least, least, most);
    }

    private Route.Upgraded terminal(Request request) {
        UUID reconnect = request.query("reconnect")
                .flatMap(Request::parseId)
                .orElseThrow(() -> new Failure.Invalid(
                        "Query parameters have invalid values.", "reconnect", "Must be a UUID that you choose."));
        String command = request.query("command").orElse("");
        if (command.length() > MAX_COMMAND || command.indexOf('\0') >= 0) {
            throw new Failure.Invalid(
                    "Query parameters have invalid values.",
                    "command",
                    "Must be at most " + MAX_COMMAND + " characters, without NUL.");
        }
        int height = (int) request.number("height", 24, 1, MAX_EDGE);
        int width = (int) request.number("width", 80, 1, MAX_EDGE);
        return open(request, new Wanted.WebTerminal(reconnect, height, width, command));
    }

    private Route.Upgraded open(Request request, Wanted wanted) {
        UserStream stream = streams.open(request.user(), agent(request), wanted);
        return new EdgeSocket(stream::run)::upgrade;
    }

    private static WorkspaceAgentId agent(Request request) {
        return new WorkspaceAgentId(request.id("workspaceagent"));
    }

    private Response hostKey(Request request) {
        var target = streams.find(request.caller(), agent(request));
        return Response.ok(new AgentHostKey(target.id().value(), target.sshHostKey()));
    }

    /** Part of the published API: the map of relays of the peer-to-peer tunnel. */
    private Response tunnel(Request request) {
        streams.find(request.caller(), agent(request));
        throw notOffered();
    }

    private Session.Listener coordinate(Request request) {
        streams.find(request.caller(), agent(request));
        throw notOffered();
    }

    private static Failure notOffered() {
        return new Failure.NotOffered(
                "This server does not offer peer-to-peer tunnels. Use its own command line, whose "
                        + "connections run through the server.");
    }

    private Response sshConfig(Request request) {
        return Response.ok(new SSHConfigResponse("", hostnameSuffix, Map.of()));
    }
}
