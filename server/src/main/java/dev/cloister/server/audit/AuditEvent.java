package dev.cloister.server.audit;

import dev.cloister.contract.api.AuditDiffField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did or tried to do. Who and from where come from the {@code Caller} of the transaction.
 *
 * @param target what a person calls the resource
 * @param status the HTTP status of the outcome
 * @param additional more facts, values are texts
 * @param actor the person it is attributed to where the caller is not that person yet (a login), else null
 */
public record AuditEvent(
        AuditAction action,
        AuditedType type,
        @Nullable UUID resource,
        String target,
        @Nullable UUID organization,
        Map<String, AuditDiffField> difference,
        int status,
        Map<String, String> additional,
        @Nullable UUID actor) {
    /** What can change of a person without changing what their credentials stand for. */
    private static final Set<String> HARMLESS = Set.of("name", "email");

    public AuditEvent {
        difference = Map.copyOf(difference);
        additional = Map.copyOf(additional);
    }

    public static AuditEvent created(Audited after) {
        return of(AuditAction.CREATE, after, Difference.created(after), 201);
    }

    public static AuditEvent updated(Audited before, Audited after) {
        return of(AuditAction.WRITE, after, Difference.between(before, after), 200);
    }

    public static AuditEvent deleted(Audited before) {
        return of(AuditAction.DELETE, before, Difference.deleted(before), 200);
    }

    /** Something done to a thing without changing its record. */
    public static AuditEvent done(AuditAction action, Audited on) {
        return of(action, on, Map.of(), 200);
    }

    private static AuditEvent of(AuditAction action, Audited on, Map<String, AuditDiffField> difference, int status) {
        return new AuditEvent(
                action,
                on.auditedType(),
                on.auditedId(),
                on.auditedName(),
                on.auditedOrganization(),
                difference,
                status,
                Map.of(),
                null);
    }

    /** The same event with one more fact. */
    public AuditEvent with(String key, String value) {
        var more = new LinkedHashMap<>(additional);
        more.put(key, value);
        return new AuditEvent(action, type, resource, target, organization, difference, status, more, actor);
    }

    /** The same event with another outcome. */
    public AuditEvent withStatus(int outcome) {
        return new AuditEvent(action, type, resource, target, organization, difference, outcome, additional, actor);
    }

    /**
     * Whether credentials may stand for something else afterwards. Asked of every event, so that no change of rights
     * depends on somebody having thought of announcing it.
     */
    boolean touchesRights() {
        return switch (type) {
            case CUSTOM_ROLE, GROUP, ORGANIZATION, ORGANIZATION_MEMBER -> true;
            case API_KEY -> action != AuditAction.LOGIN && action != AuditAction.CREATE;
            case USER -> !(action == AuditAction.WRITE && HARMLESS.containsAll(difference.keySet()));
            case APPEARANCE,
                    AUDIT_LOG,
                    AUDIT_SINK,
                    GIT_SSH_KEY,
                    HEALTH_SETTINGS,
                    NOTIFICATION_TEMPLATE,
                    NOTIFICATIONS_SETTINGS,
                    PREBUILDS_SETTINGS,
                    TEMPLATE,
                    TEMPLATE_VERSION,
                    USER_SECRET,
                    USER_SKILL,
                    WORKSPACE,
                    WORKSPACE_BUILD,
                    WORKSPACE_AGENT,
                    WORKSPACE_APP -> false;
        };
    }

    /** The same event attributed to a person. */
    public AuditEvent by(UUID person) {
        return new AuditEvent(action, type, resource, target, organization, difference, status, additional, person);
    }
}
