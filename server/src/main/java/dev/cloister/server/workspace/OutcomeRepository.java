package dev.cloister.server.workspace;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.WorkspaceResourceMetadata;
import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.PlannedResource;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.LeasedJob;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores what a build made, on the strength of its lease. */
public final class OutcomeRepository {

    /** Stores a resource and its place among the others; returns its id. */
    UUID insert(WriteTx tx, LeasedJob job, WorkspaceBuild build, PlannedResource resource, int position, Instant now) {
        UUID id = UUID.randomUUID();
        tx.update("""
                INSERT INTO workspace_resources (id, job_id, transition, type, name, icon, position, metadata,
                    hide, daily_cost, created_at)
                SELECT :id, :job, :transition, :type, :name, :icon, :position, :metadata::jsonb, :hide,
                    CASE WHEN :cost >= 0 THEN :cost WHEN :position = 0 THEN daily_cost ELSE 0 END, :now
                FROM workspace_builds WHERE job_id = :job""")
                .bind("id", id)
                .bind("job", job.id().value())
                .bind("transition", build.transition().name().toLowerCase(Locale.ROOT))
                .bind("type", resource.type())
                .bind("name", resource.name())
                .bind("icon", resource.icon())
                .bind("position", position)
                .bind("hide", resource.hide())
                .bind("cost", resource.dailyCost())
                .bind("metadata", json(metadata(resource)))
                .bind("now", now)
                .execute();
        return id;
    }

    /** The template's facts, and before them what this host does not enforce, for all to see. */
    private static List<WorkspaceResourceMetadata> metadata(PlannedResource resource) {
        var items = new ArrayList<WorkspaceResourceMetadata>();
        for (String warning : resource.warnings()) {
            items.add(new WorkspaceResourceMetadata("warning " + (items.size() + 1), warning, false));
        }
        resource.metadata()
                .forEach(detail ->
                        items.add(new WorkspaceResourceMetadata(detail.key(), detail.value(), detail.sensitive())));
        return items;
    }

    void insertAgent(
            WriteTx tx, WorkspaceBuild build, UUID resource, EnrolledAgent enrolled, AgentPlan agent, Instant now) {
        tx.update("""
                INSERT INTO workspace_agents (id, resource_id, workspace_id, build_id, name, hashed_token,
                    ssh_host_key, tells_host_key, operating_system, architecture, directory, environment, startup_behavior,
                    created_at, updated_at)
                VALUES (:id, :resource, :workspace, :build, :name, :token,
                    :hostKey, :tells, :os, :arch, :directory, :environment::jsonb, :behavior,
                    :now, :now)""")
                .bind("id", enrolled.id())
                .bind("resource", resource)
                .bind("workspace", build.workspaceId().value())
                .bind("build", build.id().value())
                .bind("name", agent.name())
                .bind("token", enrolled.hashedToken())
                .bind("hostKey", Objects.requireNonNullElse(agent.sshHostPublicKey(), ""))
                .bind("tells", enrolled.tellsHostKey())
                .bind("os", agent.os())
                .bind("arch", agent.arch())
                .bind("directory", agent.directory())
                .bind("environment", json(agent.environment()))
                .bind("behavior", wire(agent.startupBehavior()))
                .bind("now", now)
                .execute();
        insertScripts(tx, enrolled.id(), agent.scripts(), now);
        insertApps(tx, enrolled.id(), agent.apps(), now);
        insertMetadata(tx, enrolled.id(), agent.metadata());
    }

    private static void insertScripts(WriteTx tx, UUID agent, List<AgentPlan.Script> scripts, Instant now) {
        var sources = tx.batch("""
                INSERT INTO workspace_agent_log_sources (agent_id, id, display_name, created_at)
                VALUES (:agent, :source, :name, :now)""");
        var rows = tx.batch("""
                INSERT INTO workspace_agent_scripts (id, agent_id, log_source_id, position, display_name, script, cron,
                    run_on_start, run_on_stop, start_blocks_login, timeout_seconds, created_at)
                VALUES (:id, :agent, :source, :position, :name, :script, :cron, :start, :stop, :blocks, :timeout, :now)""");
        int position = 0;
        for (AgentPlan.Script script : scripts) {
            UUID source = UUID.randomUUID();
            sources.bind("agent", agent)
                    .bind("source", source)
                    .bind("name", script.name())
                    .bind("now", now)
                    .add();
            rows.bind("id", UUID.randomUUID())
                    .bind("agent", agent)
                    .bind("source", source)
                    .bind("position", position++)
                    .bind("name", script.name())
                    .bind("script", script.run())
                    .bind("cron", script.schedule())
                    .bind("start", script.phase() == AgentPlan.Phase.START)
                    .bind("stop", script.phase() == AgentPlan.Phase.STOP)
                    .bind("blocks", script.blocksLogin())
                    .bind("timeout", seconds(script.timeout()))
                    .bind("now", now)
                    .add();
        }
        sources.execute();
        rows.execute();
    }

    private static void insertApps(WriteTx tx, UUID agent, List<AgentPlan.App> apps, Instant now) {
        var rows = tx.batch("""
                INSERT INTO workspace_apps (id, agent_id, slug, position, display_name, icon, url, command, subdomain,
                    sharing_level, healthcheck_url, healthcheck_interval, healthcheck_threshold, health, hidden,
                    open_in, created_at)
                VALUES (:id, :agent, :slug, :position, :name, :icon, :url, :command, :subdomain,
                    :share, :checkUrl, :checkInterval, :checkThreshold, :health, :hidden,
                    :openIn, :now)""");
        for (AgentPlan.App app : apps) {
            AgentPlan.Healthcheck check = app.healthcheck();
            rows.bind("id", UUID.randomUUID())
                    .bind("agent", agent)
                    .bind("slug", app.slug())
                    .bind("position", app.order())
                    .bind("name", app.displayName())
                    .bind("icon", app.icon())
                    .bind("url", text(app.url()))
                    .bind("command", Objects.requireNonNullElse(app.command(), ""))
                    .bind("subdomain", app.subdomain())
                    .bind("share", wire(app.share()))
                    .bind("checkUrl", check == null ? "" : check.url().toString())
                    .bind("checkInterval", check == null ? 0 : seconds(check.interval()))
                    .bind("checkThreshold", check == null ? 0 : check.threshold())
                    .bind("health", check == null ? "disabled" : "initializing")
                    .bind("hidden", app.hidden())
                    .bind("openIn", wire(app.openIn()))
                    .bind("now", now)
                    .add();
        }
        rows.execute();
    }

    private static void insertMetadata(WriteTx tx, UUID agent, List<AgentPlan.Metadata> metadata) {
        var rows = tx.batch("""
                INSERT INTO workspace_agent_metadata (agent_id, key, position, display_name, script, interval_ms,
                    timeout_ms)
                VALUES (:agent, :key, :position, :name, :script, :interval, :timeout)""");
        int position = 0;
        for (AgentPlan.Metadata item : metadata) {
            rows.bind("agent", agent)
                    .bind("key", item.key())
                    .bind("position", position++)
                    .bind("name", item.displayName())
                    .bind("script", item.script())
                    .bind("interval", item.interval().toMillis())
                    .bind("timeout", item.timeout().toMillis())
                    .add();
        }
        rows.execute();
    }

    private static String text(@Nullable URI uri) {
        return uri == null ? "" : uri.toString();
    }

    private static int seconds(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toSeconds());
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String json(Object value) {
        return ApiJson.mapper().writeValueAsString(value);
    }
}
