package dev.cloister.server.connection.app;

import dev.cloister.contract.api.WorkspaceAppSharingLevel;
import dev.cloister.server.connection.agent.AgentTarget;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.workspace.WorkspaceAgentId;
import dev.cloister.server.workspace.WorkspaceId;
import dev.cloister.server.workspace.sharing.ShareLevels;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the app of a host name. A public app is for callers without any right, so this reads by names what the decision
 * about a visitor needs; {@link Visitors} decides and nothing else reads here.
 */
public final class AppRepository {
    Optional<AppFacts> find(ReadTx tx, AppName name) {
        return tx.query("""
                SELECT a.id, a.name AS agent_name, w.id AS workspace_id, w.name AS workspace_name, w.owner_id,
                       u.username, w.organization_id, a.ssh_host_key,
                       CASE WHEN a.disconnected_at IS NULL THEN a.session_server END AS server,
                       p.slug, p.url, p.sharing_level, coalesce(p.external, FALSE) AS external,
                       coalesce(s.share_level, 'owner') AS port_level, t.max_port_share_level
                FROM users u
                JOIN workspaces w ON w.owner_id = u.id AND NOT w.deleted AND lower(w.name) = :workspace
                JOIN workspace_builds b ON b.workspace_id = w.id AND b.transition = 'start' AND b.build_number =
                    (SELECT max(build_number) FROM workspace_builds WHERE workspace_id = w.id)
                JOIN workspace_agents a ON a.build_id = b.id AND (:agent = '' OR lower(a.name) = :agent)
                JOIN templates t ON t.id = w.template_id
                LEFT JOIN workspace_port_shares s ON s.workspace_id = w.id AND s.agent_name = a.name AND s.port = :port
                LEFT JOIN workspace_apps p ON p.agent_id = a.id AND lower(p.slug) = :app
                WHERE lower(u.username) = :owner AND NOT u.deleted
                ORDER BY p.slug NULLS LAST, a.name
                LIMIT 1""")
                .bind("workspace", name.workspace().toLowerCase(Locale.ROOT))
                .bind("agent", name.agent().toLowerCase(Locale.ROOT))
                .bind("app", name.app().toLowerCase(Locale.ROOT))
                .bind("port", name.port().orElse(0))
                .bind("owner", name.owner().toLowerCase(Locale.ROOT))
                .map((row, context) -> facts(row, name))
                .findOne()
                .flatMap(found -> found);
    }

    private static Optional<AppFacts> facts(ResultSet row, AppName name) throws SQLException {
        var target = new AgentTarget(
                new WorkspaceAgentId(Columns.id(row, "id")),
                row.getString("agent_name"),
                new WorkspaceId(Columns.id(row, "workspace_id")),
                row.getString("workspace_name"),
                Columns.id(row, "owner_id"),
                row.getString("username"),
                Columns.id(row, "organization_id"),
                row.getString("ssh_host_key"),
                true,
                Columns.idOrNull(row, "server"));
        String slug = row.getString("slug");
        if (slug != null) {
            var sharing = ShareLevels.effective(row.getString("sharing_level"), row.getString("max_port_share_level"));
            return row.getBoolean("external") ? Optional.empty() : app(target, slug, row.getString("url"), sharing);
        }
        // A port that no template speaks of is its owner's alone unless they share it.
        var sharing = ShareLevels.effective(row.getString("port_level"), row.getString("max_port_share_level"));
        return name.port().stream()
                .mapToObj(port ->
                        new AppFacts(target, Integer.toString(port), port, "/", sharing, true, name.isEncrypted()))
                .findFirst();
    }

    /** The app, if its address is one that can be reached from outside: plain HTTP on the workspace's loopback. */
    private static Optional<AppFacts> app(
            AgentTarget target, String slug, String address, WorkspaceAppSharingLevel sharing) {
        URI url;
        try {
            url = URI.create(address);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String host = url.getHost() == null ? "" : url.getHost();
        boolean loopback = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        if (!"http".equalsIgnoreCase(url.getScheme()) || !loopback) {
            return Optional.empty();
        }
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String start = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        return Optional.of(
                new AppFacts(target, slug, url.getPort() < 0 ? 80 : url.getPort(), start, sharing, false, false));
    }
}
