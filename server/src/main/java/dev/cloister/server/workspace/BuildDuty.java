package dev.cloister.server.workspace;

import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.template.TemplateUse;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stops or deletes workspaces that are due for it, as they are: same version, same parameters. */
final class BuildDuty implements Duty {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final WorkspaceRepository workspaces;
    private final WorkspaceBuildRepository builds;
    private final DueRepository dues;
    private final TemplateUse templates;
    private final AutomaticBuilds automatic;
    private final Clock clock;
    private final Order order;
    private final Caller.Job caller;

    /** What is to happen when. */
    record Order(String name, Due due, WorkspaceTransition transition, BuildReason reason) {
        Action action() {
            return WorkspaceBuildRepository.action(transition);
        }
    }

    BuildDuty(
            Transactions transactions,
            Authorizer authorizer,
            WorkspaceRepository workspaces,
            WorkspaceBuildRepository builds,
            DueRepository dues,
            TemplateUse templates,
            AutomaticBuilds automatic,
            Clock clock,
            Order order) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.workspaces = workspaces;
        this.builds = builds;
        this.dues = dues;
        this.templates = templates;
        this.automatic = automatic;
        this.clock = clock;
        this.order = order;
        this.caller = new Caller.Job(order.name(), rights(order.action()), Origin.internal());
    }

    /** The same right on workspaces, awake or asleep. */
    static Set<Caller.Right> rights(Action... actions) {
        return Stream.of(actions)
                .flatMap(action -> Stream.of(
                        new Caller.Right(ResourceType.WORKSPACE, action),
                        new Caller.Right(ResourceType.WORKSPACE_DORMANT, action)))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Due due() {
        return order.due();
    }

    @Override
    public Caller.Job caller() {
        return caller;
    }

    @Override
    public void act(WorkspaceId id) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, order.action(), id);
            Workspace workspace = workspaces.lock(tx, permit);
            if (!dues.isStill(tx, permit, order.due(), clock.instant())) {
                return Changed.unaudited(id, Unaudited.NO_CHANGE);
            }
            WorkspaceBuild latest = builds.latest(tx, permit).build();
            return Changed.to(
                    id,
                    automatic.enqueue(
                            tx,
                            permit,
                            workspace,
                            latest,
                            templates.kept(tx, latest.templateVersionId()),
                            order.transition(),
                            order.reason(),
                            builds.parameters(tx, latest)));
        });
    }
}
