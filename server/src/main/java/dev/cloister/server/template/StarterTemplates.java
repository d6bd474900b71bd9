package dev.cloister.server.template;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.platform.sql.SqlStates;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a new organization a template that works at once, so that a newcomer's first step is to create a workspace. A
 * template that somebody has deleted or renamed is not given again under its old name.
 */
public final class StarterTemplates {
    private static final String READY_MADE = "sandbox";
    private static final Logger LOG = LoggerFactory.getLogger(StarterTemplates.class);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateRepository templates;
    private final TemplateVersionRepository versions;
    private final FileService files;
    private final StarterCatalogue catalogue;
    private final JobQueue queue;
    private final Clock clock;

    public StarterTemplates(
            Transactions transactions,
            Authorizer authorizer,
            TemplateRepository templates,
            TemplateVersionRepository versions,
            FileService files,
            StarterCatalogue catalogue,
            JobQueue queue,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.versions = versions;
        this.files = files;
        this.catalogue = catalogue;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Gives the ready-made template to an organization that never had one of its name. Safe to call at every start.
     *
     * @param creator who is named as the author: the first person
     */
    public void install(OrganizationId organization, UserId creator) {
        if (transactions.read(tx -> templates.everExisted(tx, permit(organization), READY_MADE))) {
            return;
        }
        var starter = catalogue.find(READY_MADE);
        if (starter.isEmpty()) {
            LOG.warn("the starter template {} is not part of this package", READY_MADE);
            return;
        }
        try {
            transactions.change(caller(), tx -> install(tx, starter.get(), organization, creator));
        } catch (RuntimeException e) {
            if (!SqlStates.isUniqueViolation(e)) {
                throw e;
            }
            LOG.debug("another server has just installed the starter template");
        }
    }

    private CreatePermit permit(OrganizationId organization) {
        return authorizer.requireCreate(caller(), ResourceType.TEMPLATE, organization.value(), null);
    }

    private static Caller.Job caller() {
        return new Caller.Job(
                "starter-templates",
                Set.of(
                        new Caller.Right(ResourceType.TEMPLATE, Action.CREATE),
                        new Caller.Right(ResourceType.TEMPLATE, Action.READ),
                        new Caller.Right(ResourceType.TEMPLATE, Action.UPDATE),
                        new Caller.Right(ResourceType.FILE, Action.CREATE)),
                Origin.internal());
    }

    private Changed<Boolean> install(
            WriteTx tx, StarterCatalogue.Starter starter, OrganizationId organization, UserId creator) {
        var caller = caller();
        var permit = permit(organization);
        if (templates.everExisted(tx, permit, READY_MADE)) {
            return Changed.unaudited(false, Unaudited.NO_CHANGE);
        }
        Instant now = clock.instant();
        FileId file = files.storeWithin(tx, caller, creator.value(), starter.tar());
        TemplateVersion version = version(organization, creator, now);
        queue.addDone(tx, TemplateVersionService.job(version, file, creator.value()));
        versions.insert(tx, permit, version);
        versions.storePlan(tx, version, starter.plan(), starter.markdown(), now);
        Template template = template(starter, version, now);
        templates.insert(tx, permit, template);
        versions.attach(tx, authorizer.require(tx, caller, Action.UPDATE, version.id()), template.id());
        return Changed.to(true, List.of(AuditEvent.created(version), AuditEvent.created(template)));
    }

    private static TemplateVersion version(OrganizationId organization, UserId creator, Instant now) {
        return new TemplateVersion(
                new TemplateVersionId(UUID.randomUUID()),
                null,
                organization.value(),
                TemplateNames.random(),
                "The template that comes with the product",
                "",
                new JobId(UUID.randomUUID()),
                creator.value(),
                false,
                READY_MADE,
                true,
                now);
    }

    private static Template template(StarterCatalogue.Starter starter, TemplateVersion version, Instant now) {
        return new Template(
                new TemplateId(UUID.randomUUID()),
                version.organizationId(),
                READY_MADE,
                starter.displayName(),
                starter.plan().description(),
                starter.plan().icon(),
                JobQueue.PROVISIONER,
                version.id(),
                version.createdBy(),
                Map.of(),
                Template.usableInside(version.organizationId()),
                "",
                TemplateSettings.USUAL,
                now,
                now);
    }
}
