package dev.cloister.contract.client;

import dev.cloister.contract.api.APIKeyWithOwner;
import dev.cloister.contract.api.CreateTokenRequest;
import dev.cloister.contract.api.CreateUserRequestWithOrgs;
import dev.cloister.contract.api.CreateUserSecretRequest;
import dev.cloister.contract.api.GenerateAPIKeyResponse;
import dev.cloister.contract.api.GetUsersResponse;
import dev.cloister.contract.api.GitSSHKey;
import dev.cloister.contract.api.ImportUserSecretsRequest;
import dev.cloister.contract.api.OneTimePasscode;
import dev.cloister.contract.api.UpdateRoles;
import dev.cloister.contract.api.UpdateUserPasswordRequest;
import dev.cloister.contract.api.UpdateUserProfileRequest;
import dev.cloister.contract.api.UpdateUserSecretRequest;
import dev.cloister.contract.api.User;
import dev.cloister.contract.api.UserSecret;
import java.io.IOException;
import java.util.List;

/** The part of the API that is about people and their tokens. A user is named by identifier, user name or "me". */
public final class UserCalls {
    private final ApiConnection connection;

    UserCalls(ApiConnection connection) {
        this.connection = connection;
    }

    public User me() throws IOException {
        return get("me");
    }

    public User get(String user) throws IOException {
        return connection.get(Paths.of("/users/{}", user), User.class);
    }

    public GetUsersResponse list(String query, int limit, int offset) throws IOException {
        return connection.get(Paths.of("/users?q={}&limit={}&offset={}", query, limit, offset), GetUsersResponse.class);
    }

    public User create(CreateUserRequestWithOrgs request) throws IOException {
        return connection.send("POST", Paths.of("/users"), request, User.class);
    }

    public User suspend(String user) throws IOException {
        return connection.send("PUT", Paths.of("/users/{}/status/suspend", user), null, User.class);
    }

    public User activate(String user) throws IOException {
        return connection.send("PUT", Paths.of("/users/{}/status/activate", user), null, User.class);
    }

    public void delete(String user) throws IOException {
        connection.send("DELETE", Paths.of("/users/{}", user), null);
    }

    public User setRoles(String user, UpdateRoles request) throws IOException {
        return connection.send("PUT", Paths.of("/users/{}/roles", user), request, User.class);
    }

    public User setProfile(String user, UpdateUserProfileRequest request) throws IOException {
        return connection.send("PUT", Paths.of("/users/{}/profile", user), request, User.class);
    }

    public void setPassword(String user, UpdateUserPasswordRequest request) throws IOException {
        connection.send("PUT", Paths.of("/users/{}/password", user), request);
    }

    /** The tokens of a user, or of everybody whom the caller may see. */
    public List<APIKeyWithOwner> tokens(String user, boolean ofEverybody) throws IOException {
        return connection.list(
                Paths.of("/users/{}/keys/tokens?include_all={}", user, ofEverybody), APIKeyWithOwner.class);
    }

    public GenerateAPIKeyResponse createToken(String user, CreateTokenRequest request) throws IOException {
        return connection.send("POST", Paths.of("/users/{}/keys/tokens", user), request, GenerateAPIKeyResponse.class);
    }

    /** A code that resets somebody's password once, to be handed over. */
    public OneTimePasscode oneTimePasscode(String user) throws IOException {
        return connection.send("POST", Paths.of("/users/{}/one-time-passcode", user), null, OneTimePasscode.class);
    }

    public GitSSHKey gitKey(String user) throws IOException {
        return connection.get(Paths.of("/users/{}/gitsshkey", user), GitSSHKey.class);
    }

    /** Makes another key in the place of the old one. */
    public GitSSHKey renewGitKey(String user) throws IOException {
        return connection.send("PUT", Paths.of("/users/{}/gitsshkey", user), null, GitSSHKey.class);
    }

    public List<UserSecret> secrets(String user) throws IOException {
        return connection.list(Paths.of("/users/{}/secrets", user), UserSecret.class);
    }

    public UserSecret createSecret(String user, CreateUserSecretRequest request) throws IOException {
        return connection.send("POST", Paths.of("/users/{}/secrets", user), request, UserSecret.class);
    }

    public List<UserSecret> importSecrets(String user, ImportUserSecretsRequest request) throws IOException {
        return List.of(connection.send("POST", Paths.of("/users/{}/secrets/batch", user), request, UserSecret[].class));
    }

    public UserSecret updateSecret(String user, String name, UpdateUserSecretRequest request) throws IOException {
        return connection.send("PATCH", Paths.of("/users/{}/secrets/{}", user, name), request, UserSecret.class);
    }

    public void deleteSecret(String user, String name) throws IOException {
        connection.send("DELETE", Paths.of("/users/{}/secrets/{}", user, name), null);
    }

    public void deleteToken(String user, String keyId) throws IOException {
        connection.send("DELETE", Paths.of("/users/{}/keys/{}", user, keyId), null);
    }
}
