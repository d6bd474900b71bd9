package dev.cloister.server.role;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Role;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where roles are made and given, for somebody who may: the proof that {@link RoleService} hands to its rows. */
final class RolePlace {
    private final @Nullable UUID organization;

    private RolePlace(@Nullable UUID organization) {
        this.organization = organization;
    }

    /**
     * The site, or the organization of an id.
     *
     * @throws dev.cloister.server.platform.Failure.NotFound where the caller cannot see the organization
     * @throws dev.cloister.server.platform.Failure.Forbidden where the caller must not do this to roles there
     */
    static RolePlace require(
            ReadTx tx, Authorizer authorizer, Caller caller, Action action, @Nullable ResourceId organization) {
        if (organization == null) {
            authorizer.requireOnType(caller, action, ResourceType.ASSIGN_ROLE, null);
            return new RolePlace(null);
        }
        authorizer.require(tx, caller, Action.READ, organization);
        authorizer.requireOnType(caller, action, ResourceType.ASSIGN_ORG_ROLE, organization.value());
        return new RolePlace(organization.value());
    }

    @Nullable
    UUID organization() {
        return organization;
    }

    Role.Level level() {
        return organization == null ? Role.Level.SITE : Role.Level.ORGANIZATION;
    }
}
