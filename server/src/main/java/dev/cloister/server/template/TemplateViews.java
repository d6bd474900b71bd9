package dev.cloister.server.template;

import dev.cloister.contract.api.Template;
import dev.cloister.contract.api.TemplateExample;
import dev.cloister.contract.api.TemplateVersion;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.SearchQuery;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.List;
import java.util.Optional;

/** Templates and the lists of their versions as the API shows them. */
public final class TemplateViews {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final OrganizationResolver organizations;
    private final TemplateRepository templates;
    private final TemplateVersionRepository versions;
    private final StarterCatalogue starters;

    public TemplateViews(
            Transactions transactions,
            Authorizer authorizer,
            OrganizationResolver organizations,
            TemplateRepository templates,
            TemplateVersionRepository versions,
            StarterCatalogue starters) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.organizations = organizations;
        this.templates = templates;
        this.versions = versions;
        this.starters = starters;
    }

    /** An organization that the caller may see; asked before anything else of a request is looked at. */
    OrganizationId organization(Caller caller, String text) {
        return transactions.read(tx -> {
            OrganizationId id = organizations.resolve(tx, caller, text);
            return authorizer.require(tx, caller, Action.READ, id).idFor(Action.READ);
        });
    }

    List<Template> list(Caller caller, TemplateFilter filter) {
        var visibility = authorizer.visible(caller, ResourceType.TEMPLATE, TemplateRepository.columns());
        return transactions.read(tx -> templates.list(tx, visibility, filter));
    }

    List<Template> listOf(Caller.User caller, String organization, SearchQuery query) {
        var visibility = authorizer.visible(caller, ResourceType.TEMPLATE, TemplateRepository.columns());
        return transactions.read(tx -> {
            OrganizationId id = organizations.resolve(tx, caller, organization);
            authorizer.require(tx, caller, Action.READ, id);
            return templates.list(
                    tx,
                    visibility,
                    TemplateFilter.within(id.value(), query, caller.subject().username()));
        });
    }

    Template get(Caller caller, TemplateId id) {
        return transactions.read(tx -> templates.view(tx, authorizer.require(tx, caller, Action.READ, id)));
    }

    Template byName(Caller caller, String organization, String name) {
        return transactions.read(tx -> templates.view(tx, permit(tx, caller, organization, name)));
    }

    private Permit<TemplateId> permit(ReadTx tx, Caller caller, String organization, String name) {
        OrganizationId id = organizations.resolve(tx, caller, organization);
        TemplateId template = templates.idOf(tx, id.value(), name).orElseThrow(Failure.NotFound::new);
        return authorizer.require(tx, caller, Action.READ, template);
    }

    TemplateVersion versionByName(Caller caller, String organization, String template, String name) {
        return transactions.read(tx -> versions.viewByName(tx, permit(tx, caller, organization, template), name)
                .orElseThrow(Failure.NotFound::new));
    }

    Optional<TemplateVersion> versionBefore(Caller caller, String organization, String template, String name) {
        return transactions.read(tx -> {
            var permit = permit(tx, caller, organization, template);
            if (versions.viewByName(tx, permit, name).isEmpty()) {
                throw new Failure.NotFound();
            }
            return versions.viewBefore(tx, permit, name);
        });
    }

    TemplateVersion versionByName(Caller caller, TemplateId template, String name) {
        return transactions.read(
                tx -> versions.viewByName(tx, authorizer.require(tx, caller, Action.READ, template), name)
                        .orElseThrow(Failure.NotFound::new));
    }

    List<TemplateVersion> versions(Caller caller, TemplateId template, TemplateVersionRepository.VersionPage page) {
        return transactions.read(tx -> versions.list(tx, authorizer.require(tx, caller, Action.READ, template), page));
    }

    List<TemplateExample> examples() {
        return starters.examples();
    }
}
