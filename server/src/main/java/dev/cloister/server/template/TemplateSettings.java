package dev.cloister.server.template;

import dev.cloister.contract.api.CORSBehavior;
import dev.cloister.contract.api.WorkspaceAgentPortShareLevel;
import dev.cloister.server.audit.Audited;
import java.util.List;

/**
 * What a template decides for its workspaces. Times are in milliseconds, 0 for never.
 *
 * @param defaultTtl after which new workspaces stop
 * @param activityBump by which use puts that off
 * @param autostopDays on which a workspace must stop once, in its owner's quiet hours; lower-case names in the order of
 *     the week, empty for none
 * @param autostopWeeks every how many weeks, counted for all workspaces alike from Monday 2023-01-02
 * @param autostartDays on which workspaces may start by schedule
 * @param allowUserAutostart whether people may set a schedule of their own
 * @param allowUserAutostop whether people may set a time to live other than {@code defaultTtl}
 * @param failureTtl after which a workspace whose start failed is stopped
 * @param timeTilDormant without use after which a workspace goes dormant
 * @param timeTilDormantAutodelete of dormancy after which it is deleted
 * @param timeTilAutostopNotify before the deadline at which its owner is told
 * @param requireActiveVersion whether builds of people other than the template's authors use the active version
 * @param maxPortShareLevel the widest circle that ports may be shared with
 */
public record TemplateSettings(
        long defaultTtl,
        long activityBump,
        List<String> autostopDays,
        int autostopWeeks,
        List<String> autostartDays,
        boolean allowUserAutostart,
        boolean allowUserAutostop,
        boolean allowUserCancelWorkspaceJobs,
        long failureTtl,
        long timeTilDormant,
        long timeTilDormantAutodelete,
        long timeTilAutostopNotify,
        boolean requireActiveVersion,
        WorkspaceAgentPortShareLevel maxPortShareLevel,
        CORSBehavior corsBehavior,
        boolean useClassicParameterFlow,
        boolean disableModuleCache)
        implements Audited.Parts {
    /** The days of a week as the API names them. */
    public static final List<String> WEEK =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private static final long ONE_HOUR = 3_600_000;

    /** Of a template whose author says nothing. */
    public static final TemplateSettings USUAL = new TemplateSettings(
            0,
            ONE_HOUR,
            List.of(),
            1,
            WEEK,
            true,
            true,
            true,
            0,
            0,
            0,
            0,
            false,
            WorkspaceAgentPortShareLevel.OWNER,
            CORSBehavior.SIMPLE,
            true,
            false);

    public TemplateSettings {
        autostopDays = List.copyOf(autostopDays);
        autostartDays = List.copyOf(autostartDays);
    }
}
