package dev.cloister.server.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What a caller may do one action to, of one type, as a SQL predicate for lists: rows are filtered before paging and
 * counting, by the same grants that decide on one object.
 */
public final class Visibility {
    private static final UUID[] NO_IDS = {};

    private final List<Branch> branches;
    private final Columns columns;
    private final Action action;
    private final String prefix;

    /**
     * The columns of the listed table. An empty text means that the table has no such column.
     *
     * @param userGrants a {@code jsonb} column of lists of actions by user id
     * @param groupGrants the same by group id, where the id of the organization means everyone in it
     * @param dormant an expression that is true for rows that are judged as dormant workspaces
     */
    public record Columns(
            String id, String organization, String owner, String userGrants, String groupGrants, String dormant) {
        /** @param grants the alias of a table with columns {@code user_acl} and {@code group_acl}, empty for none */
        public Columns(String id, String organization, String owner, String grants) {
            this(
                    id,
                    organization,
                    owner,
                    grants.isEmpty() ? "" : grants + ".user_acl",
                    grants.isEmpty() ? "" : grants + ".group_acl",
                    "");
        }

        /** With an expression that tells dormant workspaces. */
        public Columns dormant(String expression) {
            return new Columns(id, organization, owner, userGrants, groupGrants, expression);
        }
    }

    /**
     * Rows of one kind with where the right to them reaches.
     *
     * @param condition which rows these are, in SQL
     * @param grants whether grants on single rows count
     */
    record Branch(String condition, Reach reach, boolean grants) {}

    Visibility(List<Branch> branches, Action action, Columns columns) {
        this(branches, action, columns, "vis");
    }

    private Visibility(List<Branch> branches, Action action, Columns columns, String prefix) {
        this.prefix = prefix;
        this.branches = List.copyOf(branches);
        this.action = action;
        this.columns = columns;
    }

    /** The same with parameters of other names, for a statement that holds two. */
    public Visibility named(String name) {
        return new Visibility(branches, action, columns, name);
    }

    /** The predicate, in parentheses; {@link #bind} gives its parameters. */
    public String sql() {
        var parts = new ArrayList<String>();
        for (int i = 0; i < branches.size(); i++) {
            if (!branches.get(i).reach().isNowhere()) {
                parts.add(sql(branches.get(i), i));
            }
        }
        return parts.isEmpty() ? "(FALSE)" : "(" + String.join(" OR ", parts) + ")";
    }

    private String sql(Branch branch, int number) {
        var all = new ArrayList<String>();
        if (!branch.condition().isEmpty()) {
            all.add(branch.condition());
        }
        if (!branch.reach().only().isEmpty()) {
            all.add(columns.id + " = ANY(:" + prefix + "_only" + number + ")");
        }
        if (!branch.reach().everywhere()) {
            all.add("(" + reachSql(branch, number) + ")");
        }
        return all.isEmpty() ? "TRUE" : "(" + String.join(" AND ", all) + ")";
    }

    private String reachSql(Branch branch, int number) {
        Reach reach = branch.reach();
        var any = new ArrayList<String>();
        String mine = columns.owner.isEmpty() ? "" : columns.owner + " = :" + prefix + "_me" + number;
        if (reach.ownWithoutOrganization() && !mine.isEmpty()) {
            any.add(columns.organization.isEmpty() ? mine : "(" + columns.organization + " IS NULL AND " + mine + ")");
        }
        if (!columns.organization.isEmpty()) {
            if (!reach.organizations().isEmpty()) {
                any.add(columns.organization + " = ANY(:" + prefix + "_orgs" + number + ")");
            }
            if (!reach.ownIn().isEmpty() && !mine.isEmpty()) {
                any.add("(" + mine + " AND " + columns.organization + " = ANY(:" + prefix + "_own_in" + number + "))");
            }
            if (branch.grants()
                    && !columns.groupGrants.isEmpty()
                    && !reach.members().isEmpty()) {
                any.add(grantsSql(number));
            }
        }
        return any.isEmpty() ? "FALSE" : String.join(" OR ", any);
    }

    private String grantsSql(int number) {
        var any = new ArrayList<String>();
        if (!columns.userGrants.isEmpty()) {
            any.add(holds(columns.userGrants + " -> :" + prefix + "_me_text" + number));
        }
        any.add("EXISTS (SELECT 1 FROM jsonb_each(" + columns.groupGrants + ") AS vis_grant WHERE vis_grant.key"
                + " = ANY(:" + prefix + "_groups" + number + ") AND " + holds("vis_grant.value") + ")");
        return "(" + columns.organization + " = ANY(:" + prefix + "_members" + number + ") AND ("
                + String.join(" OR ", any) + "))";
    }

    private String holds(String actions) {
        return "((" + actions + ") @> '[\"" + action.wireName() + "\"]' OR (" + actions + ") @> '[\"*\"]')";
    }

    /** Binds the parameters of {@link #sql} to a statement that contains it. */
    public <S extends SqlStatement<S>> S bind(S statement) {
        String sql = sql();
        for (int i = 0; i < branches.size(); i++) {
            Reach reach = branches.get(i).reach();
            bindIds(statement, sql, prefix + "_orgs" + i, reach.organizations());
            bindIds(statement, sql, prefix + "_own_in" + i, reach.ownIn());
            bindIds(statement, sql, prefix + "_members" + i, reach.members());
            bindIds(statement, sql, prefix + "_only" + i, reach.only());
            if (sql.contains(":" + prefix + "_groups" + i)) {
                Set<String> groups = reach.groups().stream().map(UUID::toString).collect(Collectors.toSet());
                statement.bindArray(prefix + "_groups" + i, String.class, groups.toArray());
            }
            if (sql.contains(":" + prefix + "_me" + i)) {
                statement.bind(prefix + "_me" + i, reach.person());
            }
            if (sql.contains(":" + prefix + "_me_text" + i)) {
                statement.bind(prefix + "_me_text" + i, reach.person().toString());
            }
        }
        return statement;
    }

    private static <S extends SqlStatement<S>> void bindIds(S statement, String sql, String name, Set<UUID> ids) {
        if (sql.contains(":" + name)) {
            statement.bindArray(name, UUID.class, (Object[]) ids.toArray(NO_IDS));
        }
    }
}
