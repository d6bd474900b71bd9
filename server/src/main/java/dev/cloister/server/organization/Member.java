package dev.cloister.server.organization;

import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.ReducedUser;
import dev.cloister.contract.api.UserStatus;
import java.time.Instant;
import java.util.List;

/** A membership with what lists show of the person. */
record Member(
        Membership membership,
        String name,
        String avatarUrl,
        String email,
        List<String> siteRoles,
        UserStatus status,
        LoginType loginType,
        boolean serviceAccount,
        Instant lastSeenAt,
        Instant createdAt,
        Instant updatedAt) {
    /** As members of groups are shown. */
    ReducedUser reduced() {
        return new ReducedUser(
                membership.userId(),
                membership.username(),
                name,
                avatarUrl,
                email,
                createdAt,
                updatedAt,
                lastSeenAt,
                status,
                loginType,
                serviceAccount,
                "");
    }
}
