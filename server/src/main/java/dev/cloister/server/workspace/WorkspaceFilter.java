package dev.cloister.server.workspace;

import dev.cloister.contract.api.WorkspaceStatus;
import dev.cloister.server.access.Subject;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.SearchQuery;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Which workspaces a list asks for. Deleted ones only by {@code status:deleted}. */
final class WorkspaceFilter {
    static final Set<String> KEYS = Set.of(
            "id",
            "owner",
            "template",
            "name",
            "status",
            "organization",
            "outdated",
            "last_used_after",
            "last_used_before",
            "deleted",
            "has-agent",
            "dormant",
            "has-ai-task",
            "has_external_agent",
            "shared",
            "shared_with_user",
            "shared_with_group",
            "healthy");
    /** Keys that may be given more than once. */
    static final Set<String> REPEATABLE = Set.of("param");

    private static final int MOST_PARAMETERS = 20;
    private static final String AGENTS = "EXISTS (SELECT 1 FROM workspace_agents a WHERE a.build_id = b.id AND (%s))";
    /** As {@link AgentState} decides it. */
    private static final String AGENT_STATUS = """
            CASE WHEN a.first_connected_at IS NULL THEN
                CASE WHEN a.connection_timeout_seconds > 0
                    AND a.created_at + a.connection_timeout_seconds * interval '1 second' < now()
                    THEN 'timeout' ELSE 'connecting' END
            WHEN a.disconnected_at > coalesce(a.last_connected_at, a.first_connected_at)
                OR coalesce(a.last_connected_at, a.first_connected_at) < now() - interval '30 seconds'
                THEN 'disconnected' ELSE 'connected' END""";

    private static final String UNWELL = "(" + AGENT_STATUS + ") IN ('timeout', 'disconnected') OR a.lifecycle_state IN"
            + " ('start_error', 'shutting_down', 'shutdown_timeout', 'shutdown_error', 'off')";
    private static final List<String> AGENT_STATES = List.of("connecting", "connected", "disconnected", "timeout");

    private final StringBuilder sql = new StringBuilder();
    private final Map<String, Object> values = new LinkedHashMap<>();

    private WorkspaceFilter() {}

    /** @param me the person that {@code owner:me} stands for */
    static WorkspaceFilter of(SearchQuery query, Subject me) {
        var filter = new WorkspaceFilter();
        boolean deleted =
                query.value("status").filter("deleted"::equalsIgnoreCase).isPresent()
                        || query.value("deleted").filter("true"::equals).isPresent();
        filter.sql.append(deleted ? "w.deleted" : "NOT w.deleted");
        query.bare().ifPresent(text -> filter.bare(text, me));
        query.value("name").ifPresent(name -> filter.like("w.name", "f_name", name));
        query.value("owner").ifPresent(name -> filter.owner(name, me));
        query.value("template")
                .ifPresent(name -> filter.and(
                        "(lower(t.name) = lower(:f_template) OR t.id::text = lower(:f_template))", "f_template", name));
        query.value("organization")
                .ifPresent(name ->
                        filter.and("(lower(o.name) = lower(:f_org) OR o.id::text = lower(:f_org))", "f_org", name));
        query.value("id").ifPresent(ids -> filter.and("w.id = ANY(:f_ids)", "f_ids", ids(ids)));
        query.value("status")
                .ifPresent(status ->
                        filter.and("(" + WorkspaceBuildRow.STATUS + ") = :f_status", "f_status", status(status)));
        query.value("outdated")
                .ifPresent(outdated -> filter.and(
                        "(t.active_version_id <> b.template_version_id) = :f_outdated",
                        "f_outdated",
                        truth("outdated", outdated)));
        query.value("last_used_after")
                .ifPresent(time -> filter.and("w.last_used_at > :f_after", "f_after", time("last_used_after", time)));
        query.value("last_used_before")
                .ifPresent(
                        time -> filter.and("w.last_used_at < :f_before", "f_before", time("last_used_before", time)));
        filter.states(query);
        filter.sharing(query, me);
        filter.parameters(query.values("param"));
        return filter;
    }

    private void states(SearchQuery query) {
        query.value("has-agent").ifPresent(state -> {
            if (!AGENT_STATES.contains(state.toLowerCase(Locale.ROOT))) {
                throw invalid("has-agent", "Must be one of " + String.join(", ", AGENT_STATES) + ".");
            }
            and(AGENTS.formatted("(" + AGENT_STATUS + ") = :f_agent"), "f_agent", state.toLowerCase(Locale.ROOT));
        });
        query.value("dormant")
                .ifPresent(text -> and("(w.dormant_at IS NOT NULL) = :f_dormant", "f_dormant", truth("dormant", text)));
        query.value("healthy")
                .ifPresent(
                        text -> and(AGENTS.formatted(UNWELL) + " <> :f_healthy", "f_healthy", truth("healthy", text)));
        for (String key : List.of("has-ai-task", "has_external_agent")) {
            // No workspace has either here.
            query.value(key).filter(text -> truth(key, text)).ifPresent(ignored -> sql.append(" AND FALSE"));
        }
    }

    private void sharing(SearchQuery query, Subject me) {
        query.value("shared")
                .ifPresent(text -> and(
                        "(w.user_acl <> '{}' OR w.group_acl <> '{}') = :f_shared", "f_shared", truth("shared", text)));
        query.value("shared_with_user")
                .ifPresent(name -> and(
                        "EXISTS (SELECT 1 FROM users su WHERE jsonb_exists(w.user_acl, su.id::text)"
                                + " AND (lower(su.username) = lower(:f_guest) OR su.id::text = lower(:f_guest)))",
                        "f_guest",
                        name.equals("me") ? me.username() : name));
        query.value("shared_with_group")
                .ifPresent(name -> and(
                        "EXISTS (SELECT 1 FROM groups sg JOIN organizations so ON so.id = sg.organization_id"
                                + " WHERE jsonb_exists(w.group_acl, sg.id::text) AND (lower(sg.name) = lower(:f_group)"
                                + " OR sg.id::text = lower(:f_group) OR lower(so.name || '/' || sg.name) ="
                                + " lower(:f_group)))",
                        "f_group",
                        name));
    }

    /** {@code name} of a parameter that the latest build has, or {@code name=value}. */
    private void parameters(List<String> wanted) {
        if (wanted.size() > MOST_PARAMETERS) {
            throw invalid("param", "Must not be given more than " + MOST_PARAMETERS + " times.");
        }
        for (int i = 0; i < wanted.size(); i++) {
            String[] parts = wanted.get(i).split("=", 2);
            if (parts[0].isEmpty()) {
                throw invalid("param", "Must be the name of a parameter, or name=value.");
            }
            String value = parts.length == 1 ? "" : " AND lower(p.value) = lower(:f_value" + i + ")";
            and(
                    "EXISTS (SELECT 1 FROM workspace_build_parameters p WHERE p.workspace_build_id = b.id"
                            + " AND lower(p.name) = lower(:f_param" + i + ")" + value + ")",
                    "f_param" + i,
                    parts[0]);
            if (parts.length == 2) {
                values.put("f_value" + i, parts[1]);
            }
        }
    }

    private static boolean truth(String key, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(key, "Must be true or false.");
        };
    }

    /** A name, or {@code owner/name}. */
    private void bare(String text, Subject me) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            owner(text.substring(0, slash), me);
        }
        if (slash < text.length() - 1) {
            like("w.name", "f_bare", text.substring(slash + 1));
        }
    }

    /** By the id wherever there is one, so that the index on owners is used and the plan is the same for everybody. */
    private void owner(String name, Subject me) {
        Optional<UUID> id = name.equals("me") ? Optional.of(me.id()) : Request.parseId(name);
        if (id.isPresent()) {
            and("w.owner_id = :f_owner", "f_owner", id.get());
        } else {
            and("lower(owner.username) = lower(:f_owner)", "f_owner", name);
        }
    }

    private static UUID[] ids(String text) {
        return Arrays.stream(text.split(","))
                .map(id -> Request.parseId(id.strip()).orElseThrow(() -> invalid("id", "Must be a UUID.")))
                .toArray(UUID[]::new);
    }

    private static String status(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean known = Arrays.stream(WorkspaceStatus.values())
                .anyMatch(status -> status.name().toLowerCase(Locale.ROOT).equals(lower));
        if (!known) {
            throw invalid("status", "\"" + text + "\" is not a status of workspaces.");
        }
        return lower;
    }

    private static Instant time(String key, String text) {
        try {
            return Instant.parse(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw invalid(key, "Must be a time as 2006-01-02T15:04:05Z.");
        }
    }

    private static Failure invalid(String key, String problem) {
        return new Failure.Invalid("Invalid workspace search query.", key, problem);
    }

    private void like(String column, String name, String text) {
        String escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        and(column + " ILIKE :" + name, name, "%" + escaped + "%");
    }

    private void and(String condition, String name, Object value) {
        if (values.put(name, value) != null) {
            throw invalid("q", "The owner is given more than once.");
        }
        sql.append(" AND ").append(condition);
    }

    String sql() {
        return sql.toString();
    }

    Query bind(Query query) {
        values.forEach((name, value) -> {
            if (value instanceof UUID[] ids) {
                query.bindArray(name, UUID.class, (Object[]) ids);
            } else {
                query.bind(name, value);
            }
        });
        return query;
    }
}
