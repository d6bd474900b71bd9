package dev.cloister.server.template;

import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.notification.Audience;
import dev.cloister.server.notification.Notice;
import dev.cloister.server.notification.Notices;
import dev.cloister.server.notification.Occasion;

/** What people are told of templates: those who administer them, and those who have workspaces of them. */
final class TemplateNotices {
    private final Notices notices;

    TemplateNotices(Notices notices) {
        this.notices = notices;
    }

    void deleted(WriteTx tx, Caller caller, Template template) {
        notices.post(
                tx,
                new Audience.TemplateAdministrators(template.organizationId(), Notices.personOf(caller)),
                notice(caller, Occasion.TEMPLATE_DELETED, template));
    }

    void updated(WriteTx tx, Caller caller, Template before, Template after) {
        if (!after.deprecated().isEmpty() && !after.deprecated().equals(before.deprecated())) {
            notices.post(
                    tx,
                    new Audience.UsersOfTemplate(after.id().value(), Notices.personOf(caller)),
                    notice(caller, Occasion.TEMPLATE_DEPRECATED, after).with("message", after.deprecated()));
        }
    }

    /** A change of the template has a dormant workspace deleted, or at another time. */
    void markedForDeletion(WriteTx tx, Caller caller, Template template, TemplateRepository.Rescheduled workspace) {
        var deleting = workspace.deletingAt();
        if (deleting != null && !workspace.owner().equals(Notices.personOf(caller))) {
            notices.post(
                    tx,
                    Audience.person(workspace.owner()),
                    notice(caller, Occasion.WORKSPACE_MARKED_FOR_DELETION, template)
                            .with("workspace", workspace.name())
                            .with("owner", workspace.ownerName())
                            .with("deleting", Notice.time(deleting)));
        }
    }

    private static Notice notice(Caller caller, Occasion occasion, Template template) {
        return Notice.of(occasion, Notices.nameOf(caller), template.id().value())
                .with("initiator", Notices.nameOf(caller))
                .with("template", template.name());
    }
}
