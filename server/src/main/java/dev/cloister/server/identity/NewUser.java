package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.access.Role;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a new account is to be.
 *
 * @param password null where the person does not sign in with one
 * @param organizations none for the default one
 */
record NewUser(
        String username,
        String email,
        String name,
        @Nullable Secret password,
        LoginType loginType,
        UserStatus status,
        List<String> roles,
        boolean isServiceAccount,
        List<UUID> organizations) {
    NewUser {
        roles = List.copyOf(roles);
        organizations = List.copyOf(organizations);
    }

    /** The very first person. */
    static NewUser first(String username, String email, String name, Secret password) {
        return new NewUser(
                username,
                email,
                name,
                password,
                LoginType.PASSWORD,
                UserStatus.ACTIVE,
                List.of(Role.OWNER.wireName()),
                false,
                List.of());
    }
}
