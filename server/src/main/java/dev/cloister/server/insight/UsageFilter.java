package dev.cloister.server.insight;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.template.TemplateId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/**
 * The templates and the time that a report is about; made of permits, or for who may see the insights of all.
 *
 * @param templates empty for all
 */
record UsageFilter(List<UUID> templates, Instant start, Instant end) {
    static UsageFilter of(List<Permit<TemplateId>> permits, Period period) {
        return new UsageFilter(
                permits.stream()
                        .map(permit -> permit.idFor(Action.VIEW_INSIGHTS).value())
                        .toList(),
                period.start(),
                period.end());
    }

    UsageFilter within(Instant from, Instant to) {
        return new UsageFilter(templates, from, to);
    }

    /** A condition on the template in a column; {@link #bind} gives its parameters. */
    String sql(String column) {
        return templates.isEmpty() ? "TRUE" : column + " = ANY(:templates)";
    }

    Query bind(Query query) {
        if (!templates.isEmpty()) {
            query.bindArray("templates", UUID.class, templates.toArray());
        }
        return query.bind("start", start).bind("end", end);
    }
}
