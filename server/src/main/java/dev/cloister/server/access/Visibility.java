package dev.cloister.server.access;

import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What a caller can see of one type, as a SQL predicate for lists: rows are filtered before paging and counting, by the
 * same grants that decide on one object.
 */
public final class Visibility {
    private static final UUID[] NO_IDS = {};

    private final Reach reach;
    private final UUID subject;
    private final Columns columns;
    private final UUID[] only;

    /**
     * The columns of the listed table. An empty name means that the table has no such column.
     *
     * @param grants a {@code jsonb} column of grants by group id, where the id of the organization means everyone
     */
    public record Columns(String id, String organization, String owner, String grants) {}

    Visibility(Reach reach, UUID subject, UUID[] only, Columns columns) {
        this.reach = reach;
        this.subject = subject;
        this.only = only;
        this.columns = columns;
    }

    /** The predicate, in parentheses; {@link #bind} gives its parameters. */
    public String sql() {
        String inReach = reach.everywhere() ? "TRUE" : reachSql();
        return only.length == 0 ? "(" + inReach + ")" : "(" + columns.id + " = ANY(:vis_only) AND (" + inReach + "))";
    }

    private String reachSql() {
        var sql = new StringBuilder("FALSE");
        if (!columns.organization.isEmpty()) {
            sql.append(" OR ").append(columns.organization).append(" = ANY(:vis_orgs)");
            if (!columns.owner.isEmpty()) {
                sql.append(" OR (")
                        .append(columns.owner)
                        .append(" = :vis_me AND ")
                        .append(columns.organization)
                        .append(" = ANY(:vis_own_in))");
            }
            if (!columns.grants.isEmpty()) {
                sql.append(" OR (")
                        .append(columns.organization)
                        .append(" = ANY(:vis_members) AND (")
                        .append(columns.grants)
                        .append(" -> ")
                        .append(columns.organization)
                        .append("::text) @> '[\"read\"]')");
            }
        } else if (reach.ownWithoutOrganization() && !columns.owner.isEmpty()) {
            sql.append(" OR ").append(columns.owner).append(" = :vis_me");
        }
        return sql.toString();
    }

    /** Binds the parameters of {@link #sql} to a statement that contains it. */
    public <S extends SqlStatement<S>> S bind(S statement) {
        String sql = sql();
        bindArray(statement, sql, "vis_orgs", reach.organizations().toArray(NO_IDS));
        bindArray(statement, sql, "vis_own_in", reach.ownIn().toArray(NO_IDS));
        bindArray(statement, sql, "vis_members", reach.members().toArray(NO_IDS));
        bindArray(statement, sql, "vis_only", only);
        if (sql.contains(":vis_me")) {
            statement.bind("vis_me", subject);
        }
        return statement;
    }

    private static <S extends SqlStatement<S>> void bindArray(S statement, String sql, String name, UUID[] ids) {
        if (sql.contains(":" + name)) {
            statement.bindArray(name, UUID.class, (Object[]) ids);
        }
    }
}
