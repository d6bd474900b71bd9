package dev.cloister.cli.testing;

import dev.cloister.contract.api.*;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records of the API with plausible content. */
public final class Samples {
    public static final UUID ORGANIZATION = new UUID(1, 1);
    public static final UUID TEMPLATE = new UUID(2, 1);
    public static final UUID VERSION = new UUID(3, 1);
    public static final UUID WORKSPACE = new UUID(4, 1);
    public static final UUID BUILD = new UUID(5, 1);
    public static final UUID AGENT = new UUID(6, 1);
    public static final UUID FILE = new UUID(7, 1);
    public static final UUID USER = new UUID(8, 1);
    public static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private Samples() {}

    public static User user(String name) {
        return new User(
                USER,
                name,
                "",
                "",
                name + "@example.com",
                TIME,
                TIME,
                TIME,
                UserStatus.ACTIVE,
                LoginType.PASSWORD,
                false,
                "",
                List.of(ORGANIZATION),
                List.of(new SlimRole("owner", "Owner", "")),
                false);
    }

    public static Organization organization() {
        return new Organization(ORGANIZATION, "main", "Main", "", "", TIME, TIME, true, List.of());
    }

    public static OrganizationMemberWithUserData member(String name, UUID user, SlimRole... roles) {
        return new OrganizationMemberWithUserData(
                name,
                "",
                "",
                name + "@example.com",
                List.of(),
                UserStatus.ACTIVE,
                LoginType.PASSWORD,
                false,
                TIME,
                TIME,
                TIME,
                false,
                user,
                ORGANIZATION,
                TIME,
                TIME,
                List.of(roles));
    }

    public static Template template(String name) {
        return new Template(
                TEMPLATE,
                TIME,
                TIME,
                ORGANIZATION,
                "main",
                "Main",
                "",
                name,
                "",
                "sandbox",
                VERSION,
                0,
                Map.of(),
                "A shell",
                false,
                "",
                false,
                "",
                0,
                0,
                new TemplateAutostopRequirement(List.of(), 0),
                new TemplateAutostartRequirement(List.of()),
                USER,
                "alice",
                true,
                true,
                true,
                0,
                0,
                0,
                0,
                false,
                WorkspaceAgentPortShareLevel.OWNER,
                false,
                CORSBehavior.SIMPLE,
                false);
    }

    public static TemplateVersion version(String name, ProvisionerJob job) {
        return new TemplateVersion(
                VERSION,
                TEMPLATE,
                ORGANIZATION,
                TIME,
                TIME,
                name,
                "",
                job,
                "",
                new MinimalUser(USER, "alice", "", ""),
                false,
                List.of(),
                null,
                false);
    }

    public static TemplateVersionParameter parameter(String name, boolean required, String defaultValue) {
        return new TemplateVersionParameter(
                name,
                "",
                "",
                "",
                "string",
                "input",
                true,
                defaultValue,
                "",
                List.of(),
                "",
                "",
                null,
                null,
                "",
                required,
                false);
    }

    public static ProvisionerJob job(ProvisionerJobStatus status, String error) {
        return new ProvisionerJob(
                new UUID(9, 1),
                TIME,
                TIME,
                TIME,
                null,
                error,
                "",
                status,
                null,
                "",
                FILE,
                Map.of(),
                0,
                0,
                ORGANIZATION,
                USER,
                new ProvisionerJobInput(null, null, ""),
                ProvisionerJobType.WORKSPACE_BUILD,
                List.of(),
                new ProvisionerJobMetadata("v1", null, "go", "", "", null, "", null),
                false);
    }

    public static WorkspaceBuild build(
            WorkspaceTransition transition, WorkspaceStatus status, ProvisionerJob job, WorkspaceAgent... agents) {
        var resource = new WorkspaceResource(
                new UUID(10, 1),
                TIME,
                new UUID(9, 1),
                transition,
                "sandbox",
                "workspace",
                false,
                "",
                List.of(agents),
                List.of(),
                0);
        return new WorkspaceBuild(
                BUILD,
                TIME,
                TIME,
                WORKSPACE,
                "dev",
                USER,
                "alice",
                "",
                VERSION,
                "v1",
                1,
                transition,
                USER,
                "alice",
                job,
                BuildReason.INITIATOR,
                agents.length == 0 ? List.of() : List.of(resource),
                null,
                null,
                status,
                0,
                null,
                null,
                null,
                null);
    }

    public static WorkspaceBuild running(WorkspaceAgent... agents) {
        return build(
                WorkspaceTransition.START, WorkspaceStatus.RUNNING, job(ProvisionerJobStatus.SUCCEEDED, ""), agents);
    }

    public static WorkspaceBuild stopped() {
        return build(WorkspaceTransition.STOP, WorkspaceStatus.STOPPED, job(ProvisionerJobStatus.SUCCEEDED, ""));
    }

    public static Workspace workspace(String name, WorkspaceBuild build) {
        return new Workspace(
                WORKSPACE,
                TIME,
                TIME,
                USER,
                "alice",
                "",
                ORGANIZATION,
                "main",
                TEMPLATE,
                "go",
                "",
                "",
                true,
                VERSION,
                false,
                false,
                build,
                null,
                false,
                name,
                null,
                null,
                TIME,
                null,
                null,
                new WorkspaceHealth(true, List.of()),
                AutomaticUpdates.NEVER,
                true,
                false,
                null,
                false,
                null,
                List.of());
    }

    public static WorkspaceAgent agent(String name, WorkspaceAgentStatus status) {
        return new WorkspaceAgent(
                AGENT,
                null,
                TIME,
                TIME,
                TIME,
                TIME,
                null,
                TIME,
                TIME,
                status,
                WorkspaceAgentLifecycle.READY,
                name,
                new UUID(10, 1),
                "",
                "amd64",
                Map.of(),
                "linux",
                0,
                false,
                "",
                "",
                "0.1.0",
                "2.10",
                List.of(),
                Map.of(),
                120,
                "",
                List.of(),
                new WorkspaceAgentHealth(true, ""),
                List.of(),
                List.of(),
                List.of(),
                WorkspaceAgentStartupScriptBehavior.NON_BLOCKING);
    }

    public static ProvisionerJobLog line(long id, String stage, String output) {
        return new ProvisionerJobLog(id, TIME, LogSource.PROVISIONER, LogLevel.INFO, stage, output);
    }
}
