package dev.cloister.server.workspace;

import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Workspaces and builds as the API shows them, still without resources. */
public final class WorkspaceViewRepository {
    private static final String BUILDS = "SELECT " + WorkspaceBuildRow.COLUMNS
            + " FROM workspaces w JOIN workspace_builds b ON b.workspace_id = w.id" + WorkspaceBuildRow.JOINS;

    /** Which part of a list is asked for. */
    record Page(int limit, int offset) {}

    Workspace workspace(ReadTx tx, Permit<WorkspaceId> permit, UUID viewer) {
        return tx.query(WorkspaceRow.SELECT + " WHERE w.id = :id")
                .bind("id", permit.idFor(Action.READ).value())
                .map(WorkspaceRow.mapper(viewer))
                .one();
    }

    /** The viewer's favourites first, then running ones, then by owner and name. */
    List<Workspace> list(ReadTx tx, Visibility visibility, WorkspaceFilter filter, Page page, UUID viewer) {
        var query = tx.query(WorkspaceRow.SELECT + " WHERE " + visibility.sql() + " AND " + filter.sql()
                + " ORDER BY (w.favorite AND w.owner_id = :viewer) DESC, (" + WorkspaceBuildRow.STATUS
                + ") = 'running' DESC, lower(owner.username),"
                + " lower(w.name), w.id LIMIT :limit OFFSET :offset");
        return filter.bind(visibility.bind(query))
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .bind("viewer", viewer)
                .map(WorkspaceRow.mapper(viewer))
                .list();
    }

    int count(ReadTx tx, Visibility visibility, WorkspaceFilter filter) {
        var query =
                tx.query("SELECT count(*)" + WorkspaceRow.FROM + " WHERE " + visibility.sql() + " AND " + filter.sql());
        return filter.bind(visibility.bind(query)).mapTo(Integer.class).one();
    }

    static Visibility.Columns columns() {
        return new Visibility.Columns("w.id", "w.organization_id", "w.owner_id", "w")
                .dormant("w.dormant_at IS NOT NULL");
    }

    WorkspaceBuild build(ReadTx tx, Permit<WorkspaceBuildId> permit) {
        return tx.query(BUILDS + " WHERE b.id = :id")
                .bind("id", permit.idFor(Action.READ).value())
                .map((row, context) -> WorkspaceBuildRow.map(row))
                .one();
    }

    Optional<WorkspaceBuild> buildByNumber(ReadTx tx, Permit<WorkspaceId> permit, int number) {
        return tx.query(BUILDS + " WHERE w.id = :id AND b.build_number = :number")
                .bind("id", permit.idFor(Action.READ).value())
                .bind("number", number)
                .map((row, context) -> WorkspaceBuildRow.map(row))
                .findOne();
    }

    /** The newest first, those made after a time, beyond a build where one is named. */
    List<WorkspaceBuild> builds(ReadTx tx, Permit<WorkspaceId> permit, Optional<UUID> after, Instant since, Page page) {
        return tx.query(BUILDS + """
                 WHERE w.id = :id AND b.created_at >= :since
                    AND (:after::uuid IS NULL OR b.build_number < (
                        SELECT build_number FROM workspace_builds WHERE id = :after AND workspace_id = :id))
                ORDER BY b.build_number DESC LIMIT :limit OFFSET :offset""")
                .bind("id", permit.idFor(Action.READ).value())
                .bind("since", since)
                .bind("after", after.orElse(null))
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((row, context) -> WorkspaceBuildRow.map(row))
                .list();
    }
}
