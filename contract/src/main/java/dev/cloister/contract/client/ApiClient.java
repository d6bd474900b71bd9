package dev.cloister.contract.client;

import dev.cloister.contract.api.AppHostResponse;
import dev.cloister.contract.api.AuditLogResponse;
import dev.cloister.contract.api.AuthMethods;
import dev.cloister.contract.api.AuthorizationRequest;
import dev.cloister.contract.api.BuildInfoResponse;
import dev.cloister.contract.api.ConnectionLogResponse;
import dev.cloister.contract.api.CreateFirstUserRequest;
import dev.cloister.contract.api.CreateFirstUserResponse;
import dev.cloister.contract.api.HealthcheckReport;
import dev.cloister.contract.api.LoginWithPasswordRequest;
import dev.cloister.contract.api.LoginWithPasswordResponse;
import dev.cloister.contract.api.Organization;
import dev.cloister.contract.api.SSHConfigResponse;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * A caller of one server. Every method blocks until the answer is there, and throws {@link ApiException} when the server
 * refuses and another {@link IOException} when there is no (usable) answer. Safe for use by several threads.
 */
public final class ApiClient implements AutoCloseable {
    private static final String VERSION = Optional.ofNullable(
                    ApiClient.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final ApiConnection connection;

    /** A client of the server at this URL, as the holder of the token or as nobody. It cannot follow logs. */
    public ApiClient(URI server, Optional<SessionToken> token) {
        this(server, token, ApiClient::platformTrust, (uri, headers) -> {
            throw new UnsupportedOperationException("This client was made without a way to follow logs.");
        });
    }

    /**
     * As above, with connections of another make.
     *
     * @param tls whom to trust, for example with additional certificates; asked for when it is needed
     * @param messages opens the logs that are followed
     */
    public ApiClient(
            URI server, Optional<SessionToken> token, Supplier<SSLContext> tls, MessageStream.Dialer messages) {
        this(server, token, new HttpSender(tls), messages);
    }

    private ApiClient(URI server, Optional<SessionToken> token, HttpSender http, MessageStream.Dialer messages) {
        this.connection = new ApiConnection(http, messages, server, token, "cloister/" + VERSION);
    }

    /** Whom the Java platform trusts. */
    public static SSLContext platformTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /** The same server, called as the holder of another token. */
    public ApiClient as(SessionToken token) {
        return new ApiClient(connection.server(), Optional.of(token), connection.http(), connection.messages());
    }

    public UserCalls users() {
        return new UserCalls(connection);
    }

    public TemplateCalls templates() {
        return new TemplateCalls(connection);
    }

    public WorkspaceCalls workspaces() {
        return new WorkspaceCalls(connection);
    }

    public OrganizationCalls organizationCalls() {
        return new OrganizationCalls(connection);
    }

    public GroupCalls groups() {
        return new GroupCalls(connection);
    }

    /** The roles of the whole deployment. */
    public RoleCalls roles() {
        return new RoleCalls(connection, Paths.of("/users/roles"));
    }

    public ProvisionerCalls provisioners() {
        return new ProvisionerCalls(connection);
    }

    public NotificationCalls notifications() {
        return new NotificationCalls(connection);
    }

    public AgentCalls agents() {
        return new AgentCalls(connection);
    }

    /** The tree over the audit log. */
    public AuditLogCalls auditLog() {
        return new AuditLogCalls(connection);
    }

    /** Where copies of the audit log go. */
    public AuditSinkCalls auditSinks() {
        return new AuditSinkCalls(connection);
    }

    public URI server() {
        return connection.server();
    }

    /** Whom to trust, for WebSockets that others open to the same server. */
    public SSLContext tls() {
        return connection.http().tls();
    }

    /** The headers that go with every request, the token among them. For {@link #server()} only. */
    public Map<String, String> headers() {
        return connection.headers();
    }

    public BuildInfoResponse buildInfo() throws IOException {
        return connection.get(Paths.of("/buildinfo"), BuildInfoResponse.class);
    }

    public AuthMethods authMethods() throws IOException {
        return connection.get(Paths.of("/users/authmethods"), AuthMethods.class);
    }

    /** Whether the deployment has been set up. */
    public boolean hasFirstUser() throws IOException {
        try {
            connection.send("GET", Paths.of("/users/first"), null);
            return true;
        } catch (ApiException refused) {
            if (refused.status() == 404) {
                return false;
            }
            throw refused;
        }
    }

    public CreateFirstUserResponse createFirstUser(CreateFirstUserRequest request) throws IOException {
        return connection.send("POST", Paths.of("/users/first"), request, CreateFirstUserResponse.class);
    }

    /** Begins a session. */
    public SessionToken login(LoginWithPasswordRequest request) throws IOException {
        var answer = connection.send("POST", Paths.of("/users/login"), request, LoginWithPasswordResponse.class);
        return new SessionToken(answer.sessionToken().reveal());
    }

    /** Ends the session of this client's token. */
    public void logout() throws IOException {
        connection.send("POST", Paths.of("/users/logout"), null);
    }

    /** The organizations that the caller is in. */
    public List<Organization> organizations() throws IOException {
        return connection.list(Paths.of("/users/me/organizations"), Organization.class);
    }

    /** Whether the parts of the deployment work. */
    public HealthcheckReport health() throws IOException {
        return connection.get(Paths.of("/debug/health"), HealthcheckReport.class);
    }

    public SSHConfigResponse sshConfig() throws IOException {
        return connection.get(Paths.of("/deployment/ssh"), SSHConfigResponse.class);
    }

    public AppHostResponse appHost() throws IOException {
        return connection.get(Paths.of("/applications/host"), AppHostResponse.class);
    }

    /** Entries of the audit log that match the query, newest first. */
    public AuditLogResponse audit(String query, int limit, int offset) throws IOException {
        return connection.get(Paths.of("/audit?q={}&limit={}&offset={}", query, limit, offset), AuditLogResponse.class);
    }

    /** Entries of the connection log that match the query, newest first. */
    public ConnectionLogResponse connections(String query, int limit, int offset) throws IOException {
        return connection.get(
                Paths.of("/connectionlog?q={}&limit={}&offset={}", query, limit, offset), ConnectionLogResponse.class);
    }

    /** Whether the caller may do each of the named things. */
    @SuppressWarnings("unchecked") // the answer is a JSON object of flags
    public Map<String, Boolean> check(AuthorizationRequest request) throws IOException {
        return connection.send("POST", Paths.of("/authcheck"), request, Map.class);
    }

    @Override
    public void close() {
        connection.http().close();
    }
}
