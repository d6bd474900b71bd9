package dev.cloister.server.workspace;

import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.terraform.StateSalvage;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.build.EmbeddedProvisioner;
import dev.cloister.server.build.JobReaper;
import dev.cloister.server.build.JobWork;
import dev.cloister.server.build.Jobs;
import dev.cloister.server.identity.UserResolver;
import dev.cloister.server.notification.Notices;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretColumn;
import dev.cloister.server.template.Templates;
import dev.cloister.server.workspace.schedule.QuietHoursRepository;
import dev.cloister.server.workspace.schedule.QuietHoursRoutes;
import dev.cloister.server.workspace.schedule.QuietHoursService;
import dev.cloister.server.workspace.schedule.TemplateScheduleRepository;
import dev.cloister.server.workspace.sharing.PortShareRoutes;
import dev.cloister.server.workspace.sharing.PortShareService;
import dev.cloister.server.workspace.sharing.SharingRepository;
import dev.cloister.server.workspace.sharing.SharingRoutes;
import dev.cloister.server.workspace.sharing.SharingService;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The parts of this feature put together, with the workers that do its builds. */
public final class Workspaces implements AutoCloseable {
    private final BuildStates states;
    private final WorkspaceViews views;
    private final WorkspaceRoutes workspaceRoutes;
    private final WorkspaceBuildRoutes buildRoutes;
    private final WorkspaceScheduleRoutes scheduleRoutes;
    private final QuietHoursRoutes quietHoursRoutes;
    private final QuotaRoutes quotaRoutes;
    private final WorkspaceWatchRoutes watchRoutes;
    private final SharingRoutes sharingRoutes;
    private final PortShareRoutes portShareRoutes;
    private final RememberedParameterRoutes rememberedRoutes;
    private final BuildRecovery recovery;
    private final JobReaper reaper;
    private final EmbeddedProvisioner provisioner;
    private final DutyRounds duties;
    private final FailedBuildsReport report;

    /**
     * @param enrollment what new agents are told of this server
     * @param labels the host names of apps
     * @param quietHours what the operator decided about them
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
            SecretCipher cipher,
            QuietHoursService.Settings quietHours,
            Notices notices,
            Clock clock) {
        var workspaces = new WorkspaceRepository();
        var builds = new WorkspaceBuildRepository();
        var sharing = new SharingRepository();
        var quiet = new QuietHoursService(transactions, authorizer, new QuietHoursRepository(), quietHours, clock);
        var quotas = new QuotaService(transactions, authorizer, new QuotaRepository());
        var rules = new TimeRules(new TemplateScheduleRepository(), quiet);
        var told = new WorkspaceNotices(notices);
        this.report = new FailedBuildsReport(transactions, new FailedBuildsRepository(), notices, clock);
        this.views = new WorkspaceViews(
                transactions,
                authorizer,
                users,
                workspaces,
                builds,
                new WorkspaceViewRepository(),
                new ResourceRepository(labels),
                sharing,
                jobs.logs(),
                clock);
        var service = new WorkspaceService(
                transactions, authorizer, templates.use(), workspaces, builds, rules, views, jobs.queue(), told, clock);
        var buildService = new WorkspaceBuildService(
                transactions, authorizer, templates.use(), workspaces, builds, rules, views, jobs.queue(), told, clock);
        var scheduleService = new WorkspaceScheduleService(
                transactions, authorizer, templates.use(), workspaces, builds, rules, views, told, clock);
        var dues = new DueRepository();
        var automatic = new AutomaticBuilds(builds, jobs.queue(), clock);
        Function<BuildDuty.Order, Duty> duty = order -> new BuildDuty(
                transactions, authorizer, workspaces, builds, dues, templates.use(), automatic, clock, order);
        this.duties = new DutyRounds(
                transactions,
                dues,
                List.of(
                        duty.apply(new BuildDuty.Order(
                                "autostop", Due.STOP, WorkspaceTransition.STOP, BuildReason.AUTOSTOP)),
                        new ReminderDuty(transactions, authorizer, workspaces, builds, dues, told, clock),
                        duty.apply(new BuildDuty.Order(
                                "failure-clean-up", Due.CLEAN_UP, WorkspaceTransition.STOP, BuildReason.AUTOSTOP)),
                        new SleepDuty(transactions, authorizer, workspaces, dues, scheduleService, told, clock),
                        duty.apply(new BuildDuty.Order(
                                "dormancy", Due.STOP_ASLEEP, WorkspaceTransition.STOP, BuildReason.DORMANCY)),
                        duty.apply(new BuildDuty.Order(
                                "autodelete", Due.DELETE, WorkspaceTransition.DELETE, BuildReason.DORMANCY)),
                        new AutostartDuty(
                                transactions,
                                authorizer,
                                workspaces,
                                builds,
                                dues,
                                templates.use(),
                                rules,
                                automatic,
                                told,
                                clock)),
                clock);
        this.states = new BuildStates(transactions, authorizer, templates.use(), builds, cipher, clock);
        JobWork work = new BuildWork(
                transactions,
                workspaces,
                builds,
                new OutcomeRepository(),
                templates.use(),
                rules,
                quotas,
                jobs.queue(),
                engine,
                enrollment,
                states,
                told,
                clock);
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
        this.buildRoutes = new WorkspaceBuildRoutes(
                views,
                buildService,
                states,
                new BuildTimings(transactions, authorizer, builds, new TimingRepository()),
                pushes);
        this.scheduleRoutes = new WorkspaceScheduleRoutes(scheduleService);
        this.sharingRoutes = new SharingRoutes(new SharingService(transactions, authorizer, sharing, clock));
        this.portShareRoutes = new PortShareRoutes(new PortShareService(transactions, authorizer));
        this.watchRoutes = new WorkspaceWatchRoutes(
                transactions,
                authorizer,
                organizations,
                views,
                new ConnectionWatch(views, events),
                new BuildsWatch(views, events),
                pushes);
        this.quotaRoutes = new QuotaRoutes(transactions, authorizer, users, organizations, quotas);
        this.quietHoursRoutes = new QuietHoursRoutes(transactions, users, quiet);
        this.rememberedRoutes = new RememberedParameterRoutes(transactions, authorizer, users);
    }

    /** Keeps the states of builds whose server was killed. */
    public StateSalvage salvage() {
        return states;
    }

    /** What is encrypted, for a change of keys. */
    public static List<SecretColumn> encrypted() {
        return List.of(StateRepository.STATE);
    }

    public void register(Routes routes) {
        workspaceRoutes.register(routes);
        buildRoutes.register(routes);
        scheduleRoutes.register(routes);
        quietHoursRoutes.register(routes);
        quotaRoutes.register(routes);
        watchRoutes.register(routes);
        sharingRoutes.register(routes);
        portShareRoutes.register(routes);
        rememberedRoutes.register(routes);
    }

    /** What the server does to workspaces by itself; for tests that do not wait. */
    DutyRounds duties() {
        return duties;
    }

    /** What is reported once a week; for tests that do not wait. */
    FailedBuildsReport report() {
        return report;
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
        duties.start();
        report.start();
    }

    /** Takes no more jobs; what is under way goes back into the queue. */
    @Override
    public void close() {
        report.close();
        duties.close();
        provisioner.close();
        reaper.close();
    }
}
