package dev.cloister.server.access;

import static dev.cloister.server.access.Action.*;
import static dev.cloister.server.access.ResourceType.*;

import java.util.Optional;

/**
 * The built-in roles. What each may do at which level is data here and printed by the golden matrix test; Coder's
 * documented roles are the model.
 */
public enum Role {
    OWNER("owner", "Owner", Level.SITE) {
        @Override
        void site(Grants grants) {
            grants.allowAllExcept();
        }
    },
    MEMBER("member", "Member", Level.SITE) {
        @Override
        void site(Grants grants) {
            grants.allow(ASSIGN_ROLE, READ);
        }

        @Override
        void own(Grants grants) {
            grants.allow(API_KEY).allow(FILE).allow(USER, READ, READ_PERSONAL, UPDATE_PERSONAL);
        }
    },
    AUDITOR("auditor", "Auditor", Level.SITE) {
        @Override
        void site(Grants grants) {
            grants.allow(ASSIGN_ORG_ROLE, READ)
                    .allow(AUDIT_LOG, READ)
                    .allow(CONNECTION_LOG, READ)
                    .allow(TEMPLATE, READ, VIEW_INSIGHTS)
                    .allow(USER, READ)
                    .allow(GROUP, READ)
                    .allow(GROUP_MEMBER, READ)
                    .allow(ORGANIZATION, READ)
                    .allow(ORGANIZATION_MEMBER, READ)
                    .allow(DEPLOYMENT_STATS, READ)
                    .allow(DEPLOYMENT_CONFIG, READ);
        }
    },
    TEMPLATE_ADMIN("template-admin", "Template Admin", Level.SITE) {
        @Override
        void site(Grants grants) {
            grants.allow(TEMPLATE)
                    .allow(FILE, CREATE, READ)
                    .allow(WORKSPACE, READ)
                    .allow(PROVISIONER_DAEMON)
                    .allow(USER, READ)
                    .allow(GROUP, READ)
                    .allow(GROUP_MEMBER, READ)
                    .allow(ORGANIZATION, READ)
                    .allow(ORGANIZATION_MEMBER, READ)
                    .allow(ASSIGN_ORG_ROLE, READ);
        }
    },
    USER_ADMIN("user-admin", "User Admin", Level.SITE) {
        @Override
        void site(Grants grants) {
            grants.allow(ASSIGN_ROLE, ASSIGN, UNASSIGN, READ)
                    .allow(ASSIGN_ORG_ROLE, ASSIGN, UNASSIGN, READ)
                    .allow(USER)
                    .allow(GROUP)
                    .allow(GROUP_MEMBER, READ)
                    .allow(ORGANIZATION, READ)
                    .allow(ORGANIZATION_MEMBER);
        }
    },
    ORGANIZATION_ADMIN("organization-admin", "Organization Admin", Level.ORGANIZATION) {
        @Override
        void site(Grants grants) {
            grants.allow(USER, READ);
        }

        @Override
        void organization(Grants grants) {
            grants.allowAllExcept(WORKSPACE, ASSIGN_ROLE)
                    .allow(
                            WORKSPACE,
                            CREATE,
                            READ,
                            UPDATE,
                            DELETE,
                            START,
                            STOP,
                            CREATE_AGENT,
                            DELETE_AGENT,
                            UPDATE_AGENT,
                            SHARE);
        }
    },
    ORGANIZATION_AUDITOR("organization-auditor", "Organization Auditor", Level.ORGANIZATION) {
        @Override
        void organization(Grants grants) {
            grants.allow(AUDIT_LOG, READ)
                    .allow(CONNECTION_LOG, READ)
                    .allow(TEMPLATE, READ, VIEW_INSIGHTS)
                    .allow(GROUP, READ)
                    .allow(GROUP_MEMBER, READ)
                    .allow(ORGANIZATION, READ)
                    .allow(ORGANIZATION_MEMBER, READ);
        }
    },
    ORGANIZATION_USER_ADMIN("organization-user-admin", "Organization User Admin", Level.ORGANIZATION) {
        @Override
        void site(Grants grants) {
            grants.allow(USER, READ);
        }

        @Override
        void organization(Grants grants) {
            grants.allow(ASSIGN_ORG_ROLE, ASSIGN, UNASSIGN, READ)
                    .allow(ORGANIZATION, READ)
                    .allow(ORGANIZATION_MEMBER)
                    .allow(GROUP)
                    .allow(GROUP_MEMBER, READ);
        }
    },
    ORGANIZATION_TEMPLATE_ADMIN("organization-template-admin", "Organization Template Admin", Level.ORGANIZATION) {
        @Override
        void organization(Grants grants) {
            grants.allow(TEMPLATE)
                    .allow(FILE, CREATE, READ)
                    .allow(WORKSPACE, READ)
                    .allow(PROVISIONER_DAEMON)
                    .allow(PROVISIONER_JOBS)
                    .allow(ORGANIZATION, READ)
                    .allow(ORGANIZATION_MEMBER, READ)
                    .allow(GROUP, READ)
                    .allow(GROUP_MEMBER, READ);
        }
    },
    ORGANIZATION_WORKSPACE_CREATION_BAN(
            "organization-workspace-creation-ban", "Organization Workspace Creation Ban", Level.ORGANIZATION) {
        @Override
        void organization(Grants grants) {
            grants.deny(WORKSPACE, CREATE, DELETE, CREATE_AGENT, DELETE_AGENT);
        }
    },
    ORGANIZATION_WORKSPACE_ACCESS(
            "organization-workspace-access", "Organization Workspace Access", Level.ORGANIZATION) {
        @Override
        void membership(Grants grants) {
            grants.allow(WORKSPACE).allow(FILE, CREATE, READ).allow(PROVISIONER_DAEMON, CREATE, READ);
        }
    },
    ORGANIZATION_MEMBER_ROLE("organization-member", "Organization Member", Level.ORGANIZATION) {
        @Override
        void organization(Grants grants) {
            grants.allow(PROVISIONER_DAEMON, READ)
                    .allow(ORGANIZATION, READ)
                    .allow(ASSIGN_ORG_ROLE, READ)
                    .allow(ORGANIZATION_MEMBER, READ)
                    .allow(GROUP, READ);
        }

        @Override
        void membership(Grants grants) {
            grants.allow(ORGANIZATION_MEMBER, READ).allow(GROUP_MEMBER, READ).allow(API_KEY);
        }
    };

    /** Where a role is given. */
    public enum Level {
        SITE,
        ORGANIZATION
    }

    private final String wireName;
    private final String displayName;
    private final Level level;

    Role(String wireName, String displayName, Level level) {
        this.wireName = wireName;
        this.displayName = displayName;
        this.level = level;
    }

    public String wireName() {
        return wireName;
    }

    public String displayName() {
        return displayName;
    }

    public Level level() {
        return level;
    }

    /** The role of a wire name, empty for a name that is none. */
    public static Optional<Role> parse(String wireName) {
        for (Role role : values()) {
            if (role.wireName.equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** Whether everybody at the level has it without being given it. */
    public boolean isImplicit() {
        return this == MEMBER || this == ORGANIZATION_MEMBER_ROLE;
    }

    /** On everything, everywhere. */
    void site(Grants grants) {}

    /** On site-wide things that belong to the person. */
    void own(Grants grants) {}

    /** On everything in the organization where the role is given. */
    void organization(Grants grants) {}

    /** On things in that organization that belong to the person. */
    void membership(Grants grants) {}
}
