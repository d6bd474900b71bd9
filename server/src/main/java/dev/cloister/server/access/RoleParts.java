package dev.cloister.server.access;

import static dev.cloister.server.access.Action.*;
import static dev.cloister.server.access.ResourceType.*;

/** What several built-in roles have in common. */
final class RoleParts {
    private RoleParts() {}

    /** Everything with workspaces but going inside. */
    static void administerWorkspaces(Grants grants) {
        grants.allow(
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
                        SHARE)
                .allow(PREBUILT_WORKSPACE, UPDATE, DELETE);
        keepDormant(grants);
    }

    /** A dormant workspace is looked after; it is not started, entered or shared. */
    static void keepDormant(Grants grants) {
        grants.allow(WORKSPACE_DORMANT, READ, DELETE, CREATE, UPDATE, STOP, CREATE_AGENT, DELETE_AGENT, UPDATE_AGENT);
    }

    static void administerTemplates(Grants grants) {
        grants.allow(TEMPLATE)
                .allow(FILE, CREATE, READ)
                .allow(WORKSPACE, READ)
                .allow(WORKSPACE_DORMANT, READ)
                .allow(PREBUILT_WORKSPACE, UPDATE, DELETE)
                .allow(PROVISIONER_DAEMON)
                .allow(GROUP, READ)
                .allow(GROUP_MEMBER, READ)
                .allow(ORGANIZATION, READ)
                .allow(ORGANIZATION_MEMBER, READ);
    }

    static void administerMembers(Grants grants) {
        grants.allow(ASSIGN_ORG_ROLE, ASSIGN, UNASSIGN, READ)
                .allow(ORGANIZATION, READ)
                .allow(ORGANIZATION_MEMBER)
                .allow(GROUP)
                .allow(GROUP_MEMBER, READ)
                .allow(IDPSYNC_SETTINGS, READ, UPDATE);
    }

    static void audit(Grants grants) {
        grants.allow(AUDIT_LOG, READ)
                .allow(CONNECTION_LOG, READ)
                .allow(TEMPLATE, READ, VIEW_INSIGHTS)
                .allow(GROUP, READ)
                .allow(GROUP_MEMBER, READ)
                .allow(ORGANIZATION, READ)
                .allow(ORGANIZATION_MEMBER, READ);
    }

    /** Where nothing may be shared, members neither share nor need to see each other. */
    static void belong(Grants grants, Sharing sharing) {
        grants.allow(PROVISIONER_DAEMON, READ).allow(ORGANIZATION, READ).allow(ASSIGN_ORG_ROLE, READ);
        if (sharing == Sharing.NONE) {
            grants.deny(WORKSPACE, SHARE);
        } else {
            grants.allow(ORGANIZATION_MEMBER, READ);
        }
    }

    /** What a member has on their own things in an organization, whatever its settings. */
    static void memberFloor(Grants grants) {
        grants.allow(ORGANIZATION_MEMBER, READ)
                .allow(GROUP_MEMBER, READ)
                .allow(API_KEY)
                .allow(NOTIFICATION_MESSAGE, READ, UPDATE)
                .allow(NOTIFICATION_PREFERENCE)
                .allow(INBOX_NOTIFICATION)
                .allow(AIBRIDGE_INTERCEPTION, CREATE, UPDATE);
    }

    /** What everybody has on what is theirs and belongs to no organization. */
    static void ownThings(Grants grants) {
        grants.allowAllExcept(
                        WORKSPACE,
                        WORKSPACE_DORMANT,
                        WORKSPACE_AGENT_DEVCONTAINERS,
                        WORKSPACE_AGENT_RESOURCE_MONITOR,
                        WORKSPACE_BUILD_ORCHESTRATION,
                        WORKSPACE_PROXY,
                        PREBUILT_WORKSPACE,
                        USER,
                        ORGANIZATION_MEMBER,
                        BOUNDARY_LOG,
                        BOUNDARY_USAGE,
                        AIBRIDGE_INTERCEPTION,
                        CHAT,
                        AI_SEAT,
                        PROVISIONER_DAEMON)
                .allow(USER, READ, READ_PERSONAL, UPDATE_PERSONAL)
                .allow(PROVISIONER_DAEMON, READ, CREATE, UPDATE)
                .allow(AIBRIDGE_INTERCEPTION, CREATE, UPDATE)
                .allow(BOUNDARY_LOG, CREATE);
    }
}
