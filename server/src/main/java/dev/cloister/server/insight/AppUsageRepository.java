package dev.cloister.server.insight;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.TemplateAppUsage;
import dev.cloister.contract.api.TemplateAppsType;
import dev.cloister.contract.api.TemplateParameterUsage;
import dev.cloister.contract.api.TemplateParameterValue;
import dev.cloister.contract.api.TemplateVersionParameterOption;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/** Which apps of templates were used, from the connection log, and which answers their parameters were given. */
public final class AppUsageRepository {
    private static final int MAX_ROWS = 1000;
    private static final TypeReference<List<TemplateVersionParameterOption>> OPTIONS = new TypeReference<>() {};
    private static final TypeReference<List<TemplateParameterValue>> VALUES = new TypeReference<>() {};

    /** Time that several connections of one person overlap counts once. */
    List<TemplateAppUsage> apps(ReadTx tx, UsageFilter scope) {
        return scope.bind(tx.query("""
                WITH visits AS (
                    SELECT w.template_id, c.slug_or_port AS slug, c.user_id, c.workspace_id,
                           tstzrange(greatest(c.connected_at, :start),
                                     least(coalesce(c.disconnected_at, now()), :end)) AS time
                    FROM connection_logs c JOIN workspaces w ON w.id = c.workspace_id
                    WHERE c.type = 'workspace_app' AND c.slug_or_port <> ''
                        AND c.connected_at < :end AND coalesce(c.disconnected_at, now()) > :start
                        AND coalesce(c.disconnected_at, now()) >= c.connected_at AND """ + " " + scope.sql("w.template_id") + """
                ),
                times AS (
                    SELECT slug, sum(extract(epoch FROM upper(part) - lower(part)))::bigint AS seconds
                    FROM (SELECT slug, unnest(range_agg(time)) AS part FROM visits GROUP BY slug, user_id) merged
                    GROUP BY slug
                )
                SELECT v.slug, t.seconds, count(*) AS visits, array_agg(DISTINCT v.template_id) AS templates,
                       max(a.display_name) AS display_name, max(a.icon) AS icon
                FROM visits v JOIN times t USING (slug)
                LEFT JOIN LATERAL (
                    SELECT p.display_name, p.icon FROM workspace_apps p
                    JOIN workspace_agents g ON g.id = p.agent_id
                    WHERE g.workspace_id = v.workspace_id AND lower(p.slug) = lower(v.slug)
                    ORDER BY p.created_at DESC LIMIT 1) a ON TRUE
                GROUP BY v.slug, t.seconds ORDER BY t.seconds DESC, v.slug LIMIT :limit"""))
                .bind("limit", MAX_ROWS)
                .map((row, context) -> {
                    String name = row.getString("display_name");
                    String icon = row.getString("icon");
                    return new TemplateAppUsage(
                            UsageRepository.ids(row, "templates"),
                            TemplateAppsType.APP,
                            name == null || name.isEmpty() ? row.getString("slug") : name,
                            row.getString("slug"),
                            icon == null ? "" : icon,
                            row.getLong("seconds"),
                            row.getLong("visits"));
                })
                .list();
    }

    /** The answers of each workspace's last build of the time. */
    List<TemplateParameterUsage> parameters(ReadTx tx, UsageFilter scope) {
        return scope.bind(tx.query("""
                WITH builds AS (
                    SELECT DISTINCT ON (b.workspace_id) b.id, b.template_version_id, w.template_id
                    FROM workspace_builds b JOIN workspaces w ON w.id = b.workspace_id
                    WHERE b.transition = 'start' AND b.created_at >= :start AND b.created_at < :end AND """ + " " + scope.sql("w.template_id") + """
                     ORDER BY b.workspace_id, b.build_number DESC
                ),
                counted AS (
                    SELECT p.name, d.definition ->> 'display_name' AS display_name,
                           lower(d.definition ->> 'type') AS type, d.definition ->> 'description' AS description,
                           coalesce(d.definition -> 'options', '[]') AS options,
                           p.value, count(*) AS times, array_agg(b.template_id) AS templates
                    FROM builds b
                    JOIN workspace_build_parameters p ON p.workspace_build_id = b.id
                    JOIN template_version_parameters d
                        ON d.template_version_id = b.template_version_id AND d.name = p.name
                    GROUP BY 1, 2, 3, 4, 5, 6
                )
                SELECT c.name, c.display_name, c.type, c.description, c.options::text AS options,
                       jsonb_agg(jsonb_build_object('value', c.value, 'count', c.times)
                                 ORDER BY c.times DESC, c.value)::text AS answers,
                       (SELECT array_agg(DISTINCT t) FROM counted o, unnest(o.templates) t
                        WHERE (o.name, o.display_name, o.type, o.description, o.options)
                            = (c.name, c.display_name, c.type, c.description, c.options)) AS templates
                FROM counted c GROUP BY c.name, c.display_name, c.type, c.description, c.options
                ORDER BY c.name LIMIT :limit"""))
                .bind("limit", MAX_ROWS)
                .map((row, context) -> new TemplateParameterUsage(
                        UsageRepository.ids(row, "templates"),
                        row.getString("display_name"),
                        row.getString("name"),
                        type(row.getString("type")),
                        row.getString("description"),
                        ApiJson.mapper().readValue(row.getString("options"), OPTIONS),
                        ApiJson.mapper().readValue(row.getString("answers"), VALUES)))
                .list();
    }

    private static String type(String stored) {
        return stored.equals("list_of_strings") ? "list(string)" : stored;
    }
}
