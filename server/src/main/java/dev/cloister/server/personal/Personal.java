package dev.cloister.server.personal;

import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.connection.agent.AgentCall;
import dev.cloister.server.identity.People;
import dev.cloister.server.personal.external.ExternalAuthentication;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretColumn;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The parts of this feature put together. */
public final class Personal {
    private final GitKeyRoutes keys;
    private final GitKeyCalls keyCalls;
    private final UserSecretRoutes secretRoutes;
    private final UserSkillRoutes skills;
    private final UserSecretService secrets;

    public Personal(Transactions transactions, Authorizer authorizer, People people, SecretCipher cipher, Clock clock) {
        this.secrets = new UserSecretService(transactions, authorizer, new UserSecretRepository(), cipher, clock);
        var git = new GitKeyService(transactions, authorizer, people, new GitKeyRepository(cipher), clock);
        this.keys = new GitKeyRoutes(people, git);
        this.keyCalls = new GitKeyCalls(git);
        this.secretRoutes = new UserSecretRoutes(people, secrets);
        this.skills = new UserSkillRoutes(
                people, new UserSkillService(transactions, authorizer, new UserSkillRepository(), clock));
    }

    /** Every column of this feature that is encrypted. */
    public static List<SecretColumn> encrypted() {
        return Stream.concat(
                        Stream.of(GitKeyRepository.PRIVATE_KEY, UserSecretRepository.VALUE),
                        ExternalAuthentication.ENCRYPTED.stream())
                .toList();
    }

    public void register(Routes routes) {
        keys.register(routes);
        secretRoutes.register(routes);
        skills.register(routes);
    }

    /** What the agents of workspaces can ask for. */
    public List<AgentCall<?>> agentCalls() {
        return keyCalls.all();
    }

    /** For the agents of workspaces. */
    public UserSecretService secrets() {
        return secrets;
    }
}
