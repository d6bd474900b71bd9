package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Masked;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person's account, as stored. */
record Account(
        @Tracked UserId id,
        @Tracked String username,
        @Tracked String email,
        @Tracked String name,
        @Ignored String avatarUrl,
        @Masked Secret hashedPassword,
        @Tracked LoginType loginType,
        @Tracked UserStatus status,
        @Tracked List<String> rbacRoles,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt,
        @Ignored Instant lastSeenAt,
        @Tracked boolean isServiceAccount,
        @Tracked boolean deleted)
        implements Audited {
    Account {
        rbacRoles = List.copyOf(rbacRoles);
    }

    /** The same account in another state. */
    Account withStatus(UserStatus other) {
        return new Account(
                id,
                username,
                email,
                name,
                avatarUrl,
                hashedPassword,
                loginType,
                other,
                rbacRoles,
                createdAt,
                updatedAt,
                lastSeenAt,
                isServiceAccount,
                deleted);
    }

    /** The same account with what a person shows of themselves. */
    Account withProfile(UserService.Profile profile, Instant now) {
        return new Account(
                id,
                profile.username(),
                email,
                profile.name(),
                profile.avatarUrl() == null ? avatarUrl : profile.avatarUrl(),
                hashedPassword,
                loginType,
                status,
                rbacRoles,
                createdAt,
                now,
                lastSeenAt,
                isServiceAccount,
                deleted);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.USER;
    }

    @Override
    public UUID auditedId() {
        return id.value();
    }

    @Override
    public String auditedName() {
        return username;
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
