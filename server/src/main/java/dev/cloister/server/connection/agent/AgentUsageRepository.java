package dev.cloister.server.connection.agent;

import dev.cloister.server.audit.WriteTx;
import java.time.Instant;

/** Adds the minutes in which a workspace was used to those of its owner and template. */
public final class AgentUsageRepository {
    private static final int MINUTES = 30;

    /**
     * What an agent told of a minute.
     *
     * @param latency in milliseconds; 0 where it was not measured
     */
    record Minute(Instant at, boolean ssh, boolean terminal, boolean vscode, boolean jetbrains, double latency) {
        int bit(boolean used) {
            return used ? 1 << (at.getEpochSecond() / 60 % MINUTES) : 0;
        }

        Instant halfHour() {
            long length = MINUTES * 60L;
            return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), length) * length);
        }
    }

    void add(WriteTx tx, AgentGrant grant, Minute minute) {
        boolean measured = minute.latency() > 0;
        tx.update("""
                INSERT INTO template_usage AS u (started_at, template_id, user_id, used, ssh, reconnecting_pty, vscode,
                    jetbrains, latency_total_ms, latency_samples)
                SELECT :start, w.template_id, w.owner_id, :used, :ssh, :terminal, :vscode, :jetbrains, :latency, :samples
                FROM workspaces w WHERE w.id = :workspace
                ON CONFLICT (started_at, template_id, user_id) DO UPDATE
                SET used = u.used | EXCLUDED.used, ssh = u.ssh | EXCLUDED.ssh,
                    reconnecting_pty = u.reconnecting_pty | EXCLUDED.reconnecting_pty,
                    vscode = u.vscode | EXCLUDED.vscode, jetbrains = u.jetbrains | EXCLUDED.jetbrains,
                    latency_total_ms = u.latency_total_ms + EXCLUDED.latency_total_ms,
                    latency_samples = u.latency_samples + EXCLUDED.latency_samples""")
                .bind("start", minute.halfHour())
                .bind("used", minute.bit(true))
                .bind("ssh", minute.bit(minute.ssh()))
                .bind("terminal", minute.bit(minute.terminal()))
                .bind("vscode", minute.bit(minute.vscode()))
                .bind("jetbrains", minute.bit(minute.jetbrains()))
                .bind("latency", measured ? minute.latency() : 0)
                .bind("samples", measured ? 1 : 0)
                .bind("workspace", grant.workspace().value())
                .execute();
    }
}
