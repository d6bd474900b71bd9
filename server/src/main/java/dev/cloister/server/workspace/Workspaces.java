package dev.cloister.server.workspace;

import dev.cloister.provisioner.Engine;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.build.EmbeddedProvisioner;
import dev.cloister.server.build.JobReaper;
import dev.cloister.server.build.JobWork;
import dev.cloister.server.build.Jobs;
import dev.cloister.server.identity.UserResolver;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.template.Templates;
import java.time.Clock;
import java.util.ArrayList;

/** The parts of this feature put together, with the workers that do its builds. */
public final class Workspaces implements AutoCloseable {
    private final WorkspaceViews views;
    private final WorkspaceRoutes workspaceRoutes;
    private final WorkspaceBuildRoutes buildRoutes;
    private final BuildRecovery recovery;
    private final JobReaper reaper;
    private final EmbeddedProvisioner provisioner;
    private final Autostop autostop;

    /**
     * @param enrollment what new agents are told of this server
     * @param labels the host names of apps
     */
    public Workspaces(
            Transactions transactions,
            Authorizer authorizer,
            Events events,
            Pushes pushes,
            UserResolver users,
            OrganizationResolver organizations,
            Templates templates,
            Jobs jobs,
            Engine engine,
            Enrollment enrollment,
            AppLabels labels,
            Clock clock) {
        var workspaces = new WorkspaceRepository();
        var builds = new WorkspaceBuildRepository();
        this.views = new WorkspaceViews(
                transactions,
                authorizer,
                users,
                workspaces,
                builds,
                new WorkspaceViewRepository(),
                new ResourceRepository(labels),
                jobs.logs(),
                clock);
        var service = new WorkspaceService(
                transactions, authorizer, templates.use(), workspaces, builds, views, jobs.queue(), clock);
        var buildService = new WorkspaceBuildService(
                transactions, authorizer, templates.use(), workspaces, builds, views, jobs.queue(), clock);
        this.autostop = new Autostop(transactions, builds, buildService, clock);
        JobWork work = new BuildWork(
                transactions, workspaces, builds, new OutcomeRepository(), templates.use(), engine, enrollment, clock);
        var works = new ArrayList<>(templates.works());
        works.add(work);
        this.reaper = jobs.reaper(works);
        this.provisioner = jobs.provisioner(works);
        this.recovery = new BuildRecovery(transactions, workspaces, reaper, engine);
        this.workspaceRoutes = new WorkspaceRoutes(
                transactions,
                authorizer,
                users,
                organizations,
                views,
                service,
                new WorkspaceWatch(views, events),
                pushes);
        this.buildRoutes = new WorkspaceBuildRoutes(views, buildService, pushes);
    }

    public void register(Routes routes) {
        workspaceRoutes.register(routes);
        buildRoutes.register(routes);
    }

    /** What stops workspaces whose time is over; for tests that do not wait. */
    Autostop autostop() {
        return autostop;
    }

    /** Workspaces and agents as the API shows them, for other features. */
    public WorkspaceViews views() {
        return views;
    }

    /**
     * Brings host and database together, then begins to take jobs.
     *
     * @param alone whether no other server shares the database
     */
    public void start(boolean alone) {
        recovery.run(alone);
        reaper.start();
        provisioner.start();
        autostop.start();
    }

    /** Takes no more jobs; what is under way goes back into the queue. */
    @Override
    public void close() {
        autostop.close();
        provisioner.close();
        reaper.close();
    }
}
