package dev.cloister.server.template;

import dev.cloister.contract.api.CreateTemplateRequest;
import dev.cloister.contract.api.UpdateTemplateMeta;
import dev.cloister.contract.api.WorkspaceAgentPortShareLevel;
import dev.cloister.server.platform.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The published API knows settings of templates that this server does not enforce. Asking for one is refused: a limit
 * that is stored and not kept would be worse than none.
 */
final class OfferedSettings {
    private OfferedSettings() {}

    static void require(CreateTemplateRequest request) {
        refuse("require_active_version", request.requireActiveVersion());
        refuse("failure_ttl_ms", isSet(request.failureTtlMs()));
        refuse("dormant_ttl_ms", isSet(request.dormantTtlMs()));
        refuse("delete_ttl_ms", isSet(request.deleteTtlMs()));
        refuse("max_port_share_level", isWide(request.maxPortShareLevel()));
        refuse(
                "autostop_requirement",
                request.autostopRequirement() != null
                        && !request.autostopRequirement().daysOfWeek().isEmpty());
        refuse("allow_user_autostart", Boolean.FALSE.equals(request.allowUserAutostart()));
        refuse("allow_user_autostop", Boolean.FALSE.equals(request.allowUserAutostop()));
    }

    static void require(UpdateTemplateMeta request) {
        refuse("require_active_version", Boolean.TRUE.equals(request.requireActiveVersion()));
        refuse("failure_ttl_ms", isSet(request.failureTtlMs()));
        refuse("time_til_dormant_ms", isSet(request.timeTilDormantMs()));
        refuse("time_til_dormant_autodelete_ms", isSet(request.timeTilDormantAutodeleteMs()));
        refuse("max_port_share_level", isWide(request.maxPortShareLevel()));
        refuse(
                "autostop_requirement",
                request.autostopRequirement() != null
                        && !request.autostopRequirement().daysOfWeek().isEmpty());
        refuse("allow_user_autostart", Boolean.FALSE.equals(request.allowUserAutostart()));
        refuse("allow_user_autostop", Boolean.FALSE.equals(request.allowUserAutostop()));
    }

    private static boolean isSet(@Nullable Long millis) {
        return millis != null && millis > 0;
    }

    private static boolean isWide(@Nullable WorkspaceAgentPortShareLevel level) {
        return level != null && level != WorkspaceAgentPortShareLevel.OWNER;
    }

    private static void refuse(String field, boolean asked) {
        if (asked) {
            throw new Failure.NotOffered("This server does not offer the template setting \"" + field + "\" yet.");
        }
    }
}
