package dev.cloister.server.template;

import dev.cloister.provisioner.Engine;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.build.JobWork;
import dev.cloister.server.build.Jobs;
import dev.cloister.server.notification.Notices;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Routes;
import java.time.Clock;
import java.util.List;

/** The parts of this feature put together. */
public final class Templates {
    /** What an uploaded archive may measure unless the operator says otherwise: 10 MiB. */
    public static final long DEFAULT_MAX_FILE = 10L << 20;

    private final FileRoutes fileRoutes;
    private final TemplateRoutes templateRoutes;
    private final TemplateVersionRoutes versionRoutes;
    private final StarterTemplates starters;
    private final TemplateUse use;
    private final DryRunRoutes dryRunRoutes;
    private final DynamicParameterRoutes dynamicParameterRoutes;
    private final PrebuildRoutes prebuildRoutes;
    private final AclRoutes aclRoutes;
    private final List<JobWork> works;

    /** @param maxFile the largest archive that is taken, in bytes */
    public Templates(
            Transactions transactions,
            Authorizer authorizer,
            OrganizationResolver organizations,
            RateLimits limits,
            Jobs jobs,
            Pushes pushes,
            Engine engine,
            long maxFile,
            Notices notices,
            Clock clock) {
        var templates = new TemplateRepository();
        var versions = new TemplateVersionRepository();
        var archives = new FileRepository();
        var catalogue = StarterCatalogue.of(engine);
        var files = new FileService(transactions, authorizer, archives, maxFile, clock);
        var views = new TemplateViews(transactions, authorizer, organizations, templates, versions, catalogue);
        this.use = new TemplateUse(transactions, authorizer, templates, versions, archives);
        var dryRuns = new DryRunRepository();
        this.works =
                List.of(new ImportWork(versions, use, engine, clock), new DryRunWork(dryRuns, versions, use, engine));
        this.dryRunRoutes =
                new DryRunRoutes(new DryRunService(transactions, authorizer, versions, dryRuns, jobs), pushes);
        this.dynamicParameterRoutes =
                new DynamicParameterRoutes(new DynamicParameters(transactions, authorizer, versions), pushes, limits);
        this.aclRoutes = new AclRoutes(new AclService(transactions, authorizer, templates, new AclRepository(), clock));
        this.prebuildRoutes =
                new PrebuildRoutes(new PrebuildService(transactions, authorizer, templates, new PrebuildRepository()));
        this.fileRoutes = new FileRoutes(files, limits, maxFile);
        this.templateRoutes = new TemplateRoutes(
                views,
                new TemplateService(
                        transactions, authorizer, templates, versions, new TemplateNotices(notices), clock));
        this.versionRoutes = new TemplateVersionRoutes(
                views,
                new TemplateVersionViews(transactions, authorizer, versions, jobs),
                new TemplateVersionService(transactions, authorizer, versions, files, catalogue, jobs, clock),
                pushes);
        this.starters = new StarterTemplates(
                transactions, authorizer, templates, versions, files, catalogue, jobs.queue(), clock);
    }

    public void register(Routes routes) {
        fileRoutes.register(routes);
        templateRoutes.register(routes);
        versionRoutes.register(routes);
        dryRunRoutes.register(routes);
        dynamicParameterRoutes.register(routes);
        prebuildRoutes.register(routes);
        aclRoutes.register(routes);
    }

    /** Gives new organizations their first template. */
    public StarterTemplates starters() {
        return starters;
    }

    /** For workspaces. */
    public TemplateUse use() {
        return use;
    }

    /** What jobs of imports and dry runs do. */
    public List<JobWork> works() {
        return works;
    }
}
