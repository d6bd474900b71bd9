package dev.cloister.server.organization;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list of people, in the order of their names.
 *
 * @param limit the most rows, 0 for all
 * @param after the person it begins behind, null for the beginning
 */
record MemberPageFilter(int limit, int offset, @Nullable UUID after) {
    static final MemberPageFilter ALL = new MemberPageFilter(0, 0, null);

    static MemberPageFilter of(Request request) {
        UUID after = request.query("after_id")
                .map(text -> Request.parseId(text)
                        .orElseThrow(() -> new Failure.Invalid(
                                "Query parameters have invalid values.",
                                "after_id",
                                "Query param \"after_id\" must be a valid UUID.")))
                .orElse(null);
        return new MemberPageFilter(
                (int) request.number("limit", 0, 0, Integer.MAX_VALUE),
                (int) request.number("offset", 0, 0, Integer.MAX_VALUE),
                after);
    }

    /** @param people the alias of the table of people */
    String sql(String people) {
        return after == null
                ? "TRUE"
                : "(lower(" + people + ".username), " + people + ".id) > (SELECT lower(a.username), a.id FROM users a"
                        + " JOIN organization_members am ON am.user_id = a.id"
                        + " WHERE a.id = :page_after AND am.organization_id = m.organization_id)";
    }

    String limitSql() {
        return limit == 0 ? "OFFSET :page_offset" : "LIMIT :page_limit OFFSET :page_offset";
    }

    Query bind(Query query) {
        query.bind("page_offset", offset);
        if (limit > 0) {
            query.bind("page_limit", limit);
        }
        if (after != null) {
            query.bind("page_after", after);
        }
        return query;
    }
}
