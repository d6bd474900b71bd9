package dev.cloister.server.access;

import static dev.cloister.server.access.Action.*;
import static dev.cloister.server.access.ResourceType.*;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The built-in roles. What each may do at which level is data here and printed by the golden matrix test; Coder's
 * documented roles are the model.
 */
public enum Role {
    OWNER("owner", "Owner", Level.SITE) {
        @Override
        void site(Grants grants, DeploymentRules rules) {
            grants.allowAllExcept(
                            WORKSPACE,
                            WORKSPACE_DORMANT,
                            PREBUILT_WORKSPACE,
                            USER_SKILL,
                            AI_GATEWAY_KEY,
                            BOUNDARY_LOG,
                            USER_SECRET,
                            USAGE_EVENT,
                            BOUNDARY_USAGE,
                            AI_SEAT)
                    .allow(USER_SKILL, READ, DELETE)
                    .allow(AI_GATEWAY_KEY, CREATE, READ, DELETE)
                    .allow(BOUNDARY_LOG, READ);
            RoleParts.administerWorkspaces(grants);
            if (rules.ownerWorkspaceAccess()) {
                grants.allow(WORKSPACE, SSH, APPLICATION_CONNECT);
            }
        }
    },
    MEMBER("member", "Member", Level.SITE) {
        @Override
        void site(Grants grants, DeploymentRules rules) {
            grants.allow(ASSIGN_ROLE, READ).allow(OAUTH2_APP, READ).allow(WORKSPACE_PROXY, READ);
            if (!rules.workspaceSharing()) {
                grants.deny(WORKSPACE, SHARE);
            }
        }

        @Override
        void own(Grants grants) {
            RoleParts.ownThings(grants);
        }
    },
    AUDITOR("auditor", "Auditor", Level.SITE) {
        @Override
        void site(Grants grants, DeploymentRules rules) {
            grants.allow(ASSIGN_ORG_ROLE, READ)
                    .allow(USER, READ)
                    .allow(DEPLOYMENT_STATS, READ)
                    .allow(DEPLOYMENT_CONFIG, READ)
                    .allow(AIBRIDGE_INTERCEPTION, READ)
                    .allow(BOUNDARY_LOG, READ)
                    .allow(AUDIT_SINK, READ);
            RoleParts.audit(grants);
        }
    },
    TEMPLATE_ADMIN("template-admin", "Template Admin", Level.SITE) {
        @Override
        void site(Grants grants, DeploymentRules rules) {
            grants.allow(USER, READ).allow(ASSIGN_ORG_ROLE, READ);
            RoleParts.administerTemplates(grants);
        }
    },
    USER_ADMIN("user-admin", "User Admin", Level.SITE) {
        @Override
        void site(Grants grants, DeploymentRules rules) {
            grants.allow(ASSIGN_ROLE, ASSIGN, UNASSIGN, READ).allow(USER);
            RoleParts.administerMembers(grants);
        }
    },
    ORGANIZATION_ADMIN("organization-admin", "Organization Admin", Level.ORGANIZATION) {
        @Override
        void site(Grants grants, DeploymentRules rules) {
            grants.allow(USER, READ);
        }

        @Override
        void organization(Grants grants, Sharing sharing) {
            grants.allowAllExcept(
                    WORKSPACE,
                    WORKSPACE_DORMANT,
                    PREBUILT_WORKSPACE,
                    ASSIGN_ROLE,
                    USER_SECRET,
                    BOUNDARY_LOG,
                    BOUNDARY_USAGE,
                    AI_SEAT,
                    WORKSPACE_BUILD_ORCHESTRATION);
            RoleParts.administerWorkspaces(grants);
        }
    },
    ORGANIZATION_AUDITOR("organization-auditor", "Organization Auditor", Level.ORGANIZATION) {
        @Override
        void organization(Grants grants, Sharing sharing) {
            RoleParts.audit(grants);
        }
    },
    ORGANIZATION_USER_ADMIN("organization-user-admin", "Organization User Admin", Level.ORGANIZATION) {
        @Override
        void site(Grants grants, DeploymentRules rules) {
            grants.allow(USER, READ);
        }

        @Override
        void organization(Grants grants, Sharing sharing) {
            RoleParts.administerMembers(grants);
        }
    },
    ORGANIZATION_TEMPLATE_ADMIN("organization-template-admin", "Organization Template Admin", Level.ORGANIZATION) {
        @Override
        void organization(Grants grants, Sharing sharing) {
            grants.allow(PROVISIONER_JOBS);
            RoleParts.administerTemplates(grants);
        }
    },
    ORGANIZATION_WORKSPACE_CREATION_BAN(
            "organization-workspace-creation-ban", "Organization Workspace Creation Ban", Level.ORGANIZATION) {
        @Override
        void organization(Grants grants, Sharing sharing) {
            grants.deny(WORKSPACE, CREATE, DELETE, CREATE_AGENT, DELETE_AGENT);
        }
    },
    ORGANIZATION_WORKSPACE_ACCESS(
            "organization-workspace-access", "Organization Workspace Access", Level.ORGANIZATION) {
        @Override
        void membership(Grants grants, Sharing sharing) {
            grants.allow(WORKSPACE)
                    .allow(FILE, CREATE, READ)
                    .allow(PROVISIONER_DAEMON, CREATE, READ)
                    .allow(TASK);
            RoleParts.keepDormant(grants);
        }
    },
    AGENTS_ACCESS("agents-access", "Agents Access", Level.ORGANIZATION) {
        @Override
        void membership(Grants grants, Sharing sharing) {
            grants.allow(CHAT, CREATE, READ, SHARE, UPDATE);
        }
    },
    ORGANIZATION_MEMBER_ROLE("organization-member", "Organization Member", Level.ORGANIZATION) {
        @Override
        void organization(Grants grants, Sharing sharing) {
            RoleParts.belong(grants, sharing);
            if (sharing == Sharing.EVERYONE) {
                grants.allow(GROUP, READ);
            }
        }

        @Override
        void membership(Grants grants, Sharing sharing) {
            RoleParts.memberFloor(grants);
            if (sharing == Sharing.SERVICE_ACCOUNTS) {
                grants.deny(WORKSPACE, SHARE);
            }
        }
    },
    /** In the place of {@link #ORGANIZATION_MEMBER_ROLE} for accounts of machines. */
    ORGANIZATION_SERVICE_ACCOUNT("organization-service-account", "Organization Service Account", Level.ORGANIZATION) {
        @Override
        void organization(Grants grants, Sharing sharing) {
            RoleParts.belong(grants, sharing);
            if (sharing != Sharing.NONE) {
                grants.allow(GROUP, READ);
            }
        }

        @Override
        void membership(Grants grants, Sharing sharing) {
            RoleParts.memberFloor(grants);
        }
    };

    /** Where a role is given. */
    public enum Level {
        SITE,
        ORGANIZATION
    }

    private static final Map<String, Role> BY_NAME = new HashMap<>();

    static {
        for (Role role : values()) {
            BY_NAME.put(role.wireName, role);
        }
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
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    /** Whether everybody of a kind at the level has it, and nobody else can be given it. */
    public boolean isImplicit() {
        return this == MEMBER || this == ORGANIZATION_MEMBER_ROLE || this == ORGANIZATION_SERVICE_ACCOUNT;
    }

    /** On everything, everywhere. */
    void site(Grants grants, DeploymentRules rules) {}

    /** On site-wide things that belong to the person. */
    void own(Grants grants) {}

    /** On everything in the organization where the role is given. */
    void organization(Grants grants, Sharing sharing) {}

    /** On things in that organization that belong to the person. */
    void membership(Grants grants, Sharing sharing) {}
}
