package dev.cloister.server.workspace;

import dev.cloister.contract.api.BuildReason;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.notification.Audience;
import dev.cloister.server.notification.Notice;
import dev.cloister.server.notification.Notices;
import dev.cloister.server.notification.Occasion;
import dev.cloister.server.template.TemplateVersionId;
import java.time.Instant;
import java.util.Locale;

/** What people are told of workspaces: their owners of what others do, template administrators of what fails. */
final class WorkspaceNotices {
    private final Notices notices;
    private final WorkspaceNoticeRepository facts = new WorkspaceNoticeRepository();

    WorkspaceNotices(Notices notices) {
        this.notices = notices;
    }

    void created(WriteTx tx, Caller caller, Workspace workspace, TemplateVersionId version) {
        tellAdministrators(tx, caller, Occasion.WORKSPACE_CREATED, workspace, version);
    }

    /** Somebody brings a workspace to another version. */
    void updated(WriteTx tx, Caller caller, Workspace workspace, TemplateVersionId version) {
        tellAdministrators(tx, caller, Occasion.WORKSPACE_MANUALLY_UPDATED, workspace, version);
    }

    private void tellAdministrators(
            WriteTx tx, Caller caller, Occasion occasion, Workspace workspace, TemplateVersionId version) {
        String by = Notices.nameOf(caller);
        notices.post(
                tx,
                new Audience.TemplateAdministrators(workspace.organizationId(), Notices.personOf(caller)),
                made(tx, occasion, by, workspace, version).with("initiator", by));
    }

    /** A workspace follows its template. */
    void updatedAutomatically(WriteTx tx, Workspace workspace, TemplateVersionId version) {
        notices.post(
                tx,
                Audience.person(workspace.ownerId()),
                made(tx, Occasion.WORKSPACE_AUTO_UPDATED, "autostart", workspace, version));
    }

    /** The owner is told unless they did it. */
    void deleted(WriteTx tx, Workspace workspace, WorkspaceBuild build) {
        boolean automatic = build.reason() != BuildReason.INITIATOR;
        if (!automatic && build.initiatorId().equals(workspace.ownerId())) {
            return;
        }
        String by = automatic ? "" : facts.username(tx, build);
        notices.post(
                tx,
                Audience.person(workspace.ownerId()),
                notice(Occasion.WORKSPACE_DELETED, automatic ? "autobuild" : by, workspace)
                        .with("initiator", by)
                        .with("reason", automatic ? "it had been dormant for as long as its template allows" : ""));
    }

    /** Of what a person asked for, those are told who can mend the template; of the rest the owner. */
    void failed(WriteTx tx, Workspace workspace, WorkspaceBuild build, String error) {
        if (build.reason() == BuildReason.INITIATOR) {
            String by = facts.username(tx, build);
            notices.post(
                    tx,
                    new Audience.TemplateAdministrators(workspace.organizationId(), null),
                    made(tx, Occasion.WORKSPACE_MANUAL_BUILD_FAILED, by, workspace, build.templateVersionId())
                            .with("initiator", by)
                            .with("build", Integer.toString(build.number()))
                            .with("transition", build.transition().name().toLowerCase(Locale.ROOT))
                            .with("error", error));
            return;
        }
        notices.post(
                tx,
                Audience.person(workspace.ownerId()),
                notice(Occasion.WORKSPACE_AUTOBUILD_FAILED, "autobuild", workspace)
                        .with("reason", build.reason().name().toLowerCase(Locale.ROOT))
                        .with("error", error));
    }

    /** The owner is told unless they did it. */
    void dormant(WriteTx tx, Caller caller, Workspace workspace) {
        if (workspace.ownerId().equals(Notices.personOf(caller))) {
            return;
        }
        boolean automatic = caller instanceof Caller.Job;
        Instant deleting = workspace.deletingAt();
        notices.post(
                tx,
                Audience.person(workspace.ownerId()),
                notice(Occasion.WORKSPACE_DORMANT, Notices.nameOf(caller), workspace)
                        .with("initiator", automatic ? "" : Notices.nameOf(caller))
                        .with(
                                "reason",
                                automatic ? "nobody has used it for as long as its template allows" : "on request")
                        .with("deleting", deleting == null ? "" : Notice.time(deleting)));
    }

    void stopsSoon(WriteTx tx, Workspace workspace, Instant deadline) {
        notices.post(
                tx,
                Audience.person(workspace.ownerId()),
                notice(Occasion.WORKSPACE_STOPS_SOON, "autostop reminder", workspace)
                        .with("deadline", Notice.time(deadline)));
    }

    private Notice made(WriteTx tx, Occasion occasion, String by, Workspace workspace, TemplateVersionId version) {
        var of = facts.version(tx, version);
        return notice(occasion, by, workspace)
                .with("organization", of.organization())
                .with("template", of.template())
                .with("version", of.version())
                .with("message", of.message());
    }

    private static Notice notice(Occasion occasion, String by, Workspace workspace) {
        return Notice.of(
                        occasion,
                        by,
                        workspace.id().value(),
                        workspace.ownerId(),
                        workspace.templateId().value(),
                        workspace.organizationId())
                .with("workspace", workspace.name())
                .with("owner", workspace.ownerName());
    }
}
