package dev.cloister.provisioner;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Makes workspaces out of templates. All methods block, and may be called from many threads. */
public interface Engine extends AutoCloseable {
    /**
     * Checks a template without running anything: the import job of a template version.
     *
     * @throws TemplateException with every problem found, each with its file, line and field
     */
    default TemplatePlan plan(TemplateSource source) throws TemplateException {
        return plan(source, Map.of());
    }

    /**
     * The same with some parameters chosen: a dry run.
     *
     * @param parameters values that the template allows, by name; absent ones take the template's default
     * @throws TemplateException with every problem found, each with its file, line and field
     */
    TemplatePlan plan(TemplateSource source, Map<String, String> parameters) throws TemplateException;

    /**
     * The same, telling how it goes.
     *
     * @throws InterruptedException when its thread is told to end
     */
    default TemplatePlan plan(
            TemplateSource source, Map<String, String> parameters, BuildLog log, Cancellation cancellation)
            throws TemplateException, InterruptedException {
        return plan(source, parameters);
    }

    /**
     * Brings a workspace into the state asked for. Safe to repeat with the same order after a crash at any point:
     * what is done stays done, what is half done is repaired.
     *
     * @throws BuildException with a sentence for the person who asked; {@link BuildCanceledException} after a
     *     cancellation
     */
    BuildOutcome build(BuildOrder order, BuildLog log, Cancellation cancellation)
            throws BuildException, InterruptedException;

    /**
     * What a day of the workspace running takes of its owner's quota, known before anything is made.
     *
     * @throws BuildException as {@link #build} would
     */
    int dailyCost(BuildOrder order) throws BuildException;

    /** What this host enforces and what it cannot, found by trying. Takes up to a few hundred milliseconds. */
    HostReport inspect();

    /**
     * Called once after a start: adopts the workspaces that still run, launches again those that should run and do
     * not, and ends every other sandbox and process left behind. Homes are never removed here, except those whose
     * deletion had already begun.
     *
     * @param underWay workspaces with a build that is not finished and will be attempted again: what one that ends does
     *     meanwhile, in its shutdown scripts, goes on and is waited for by that attempt
     */
    void reconcile(Collection<UUID> expectedRunning, Collection<UUID> underWay);

    /** Whether the workspace's processes are alive now, seen from the host. */
    boolean running(UUID workspaceId);

    /** Lets go of sockets and threads; workspaces run on. */
    @Override
    void close();
}
