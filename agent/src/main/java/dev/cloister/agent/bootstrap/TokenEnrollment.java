package dev.cloister.agent.bootstrap;

import dev.cloister.agent.control.Backoff;
import dev.cloister.agent.workplace.UserAccount;
import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.UuidBytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an agent learns who it is where nothing but a token and an address can be given to it, as by a template's
 * resources: it makes its host key, tells the server its public half, and is told the rest.
 */
public final class TokenEnrollment {
    private static final Logger LOG = LoggerFactory.getLogger(TokenEnrollment.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final URI server;
    private final AgentToken token;
    private final UserAccount account;
    private final Backoff backoff =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15), ThreadLocalRandom.current());

    private TokenEnrollment(URI server, AgentToken token, UserAccount account) {
        this.server = server;
        this.token = token;
        this.account = account;
    }

    /** @throws IllegalArgumentException where the variables do not say what an agent has to know */
    public static TokenEnrollment of(Map<String, String> environment) {
        var address = URI.create(environment.getOrDefault("CODER_AGENT_URL", ""));
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw new IllegalArgumentException("CODER_AGENT_URL is not an http or https URL");
        }
        return new TokenEnrollment(
                address.resolve("/"),
                new AgentToken(environment.getOrDefault("CODER_AGENT_TOKEN", "")),
                account(environment));
    }

    /** An account may have no name, as in a container that runs as a number. */
    private static UserAccount account(Map<String, String> environment) {
        String name = System.getProperty("user.name");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        String shell = environment.getOrDefault("SHELL", Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "");
        return UserAccount.of(
                name.isEmpty() || name.equals("?") ? "dev" : name, home.startsWith("/") ? home : "/", shell);
    }

    /**
     * Asks until the server answers. It knows the agent only when the build that started it has ended, and may not be
     * reached at all for a while.
     */
    public Enrollment enroll() throws IOException, InterruptedException {
        KeyPair hostKey = hostKey();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(server.resolve("/api/v2/workspaceagents/me/bootstrap"))
                    .timeout(PATIENCE)
                    .header("Coder-Session-Token", token.reveal())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"ssh_host_key\":\"" + PublicKeyEntry.toString(hostKey.getPublic()) + "\"}"))
                    .build();
            while (true) {
                var answer = ask(client, request);
                if (answer.length > 0) {
                    return enrollment(Bootstrap.parseFrom(answer), hostKey);
                }
                Thread.sleep(backoff.next());
            }
        }
    }

    /** The answer, empty where another attempt may help. */
    private byte[] ask(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == OK) {
                return response.body();
            }
            LOG.info("{} does not know this agent yet ({})", server, response.statusCode());
        } catch (IOException e) {
            LOG.info("{} cannot be reached yet: {}", server, e.toString());
        }
        return new byte[0];
    }

    private Enrollment enrollment(Bootstrap message, KeyPair hostKey) throws IOException {
        if (message.getTicketKeysCount() == 0) {
            throw new IOException("the server told no key to verify tickets with");
        }
        return new Enrollment(
                server,
                UuidBytes.read(message.getAgentId()),
                token,
                hostKey,
                List.copyOf(message.getTicketKeysList()),
                null,
                "",
                account);
    }

    private static KeyPair hostKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }
}
