package dev.cloister.server.insight;

import dev.cloister.contract.api.DAUEntry;
import dev.cloister.contract.api.DAUsResponse;
import dev.cloister.contract.api.GetUserStatusCountsResponse;
import dev.cloister.contract.api.UserActivityInsightsReport;
import dev.cloister.contract.api.UserLatencyInsightsReport;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.contract.api.UserStatusChangeCount;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.template.TemplateId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports on use, for who may see the insights of the templates they are about. */
final class InsightService {
    private static final int DAYS = 60;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UsageRepository usage;
    private final Clock clock;

    InsightService(Transactions transactions, Authorizer authorizer, UsageRepository usage, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.usage = usage;
        this.clock = clock;
    }

    /**
     * What a report on these templates may be about; on all of them where none is named, which takes the right to the
     * insights of all.
     */
    UsageFilter scope(ReadTx tx, Caller caller, List<TemplateId> templates, Period period) {
        if (templates.isEmpty()) {
            authorizer.requireOnType(caller, Action.VIEW_INSIGHTS, ResourceType.TEMPLATE, null);
        }
        return UsageFilter.of(
                templates.stream()
                        .map(template -> authorizer.require(tx, caller, Action.VIEW_INSIGHTS, template))
                        .toList(),
                period);
    }

    /** The people of each of the last days, by a clock so many hours from UTC. */
    DAUsResponse deploymentDays(Caller caller, int hours) {
        authorizer.requireOnType(caller, Action.READ, ResourceType.DEPLOYMENT_CONFIG, null);
        return transactions.read(tx -> days(tx, new UsageFilter(List.of(), firstDay(hours), clock.instant()), hours));
    }

    DAUsResponse templateDays(Caller caller, TemplateId template, int hours) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.VIEW_INSIGHTS, template);
            var id = permit.idFor(Action.VIEW_INSIGHTS).value();
            return days(tx, new UsageFilter(List.of(id), firstDay(hours), clock.instant()), hours);
        });
    }

    private Instant firstDay(int hours) {
        return today(hours).minusDays(DAYS - 1L).atStartOfDay().toInstant(ZoneOffset.ofHours(hours));
    }

    private LocalDate today(int hours) {
        return clock.instant().atOffset(ZoneOffset.ofHours(hours)).toLocalDate();
    }

    /** From the first day with anybody to today, days without anybody too. */
    private DAUsResponse days(ReadTx tx, UsageFilter scope, int hours) {
        var people = new LinkedHashMap<String, Integer>();
        usage.days(tx, scope, hours).forEach(day -> people.put(day.date(), day.amount()));
        var entries = new ArrayList<DAUEntry>();
        if (!people.isEmpty()) {
            LocalDate last = today(hours);
            for (LocalDate day = LocalDate.parse(people.firstEntry().getKey());
                    !day.isAfter(last);
                    day = day.plusDays(1)) {
                entries.add(new DAUEntry(day.toString(), people.getOrDefault(day.toString(), 0)));
            }
        }
        return new DAUsResponse(entries, hours);
    }

    UserActivityInsightsReport activity(Caller caller, List<TemplateId> templates, Period period) {
        return transactions.read(tx -> {
            var scope = scope(tx, caller, templates, period);
            return new UserActivityInsightsReport(
                    period.start(), period.end(), usage.templates(tx, scope), usage.activity(tx, scope));
        });
    }

    UserLatencyInsightsReport latency(Caller caller, List<TemplateId> templates, Period period) {
        return transactions.read(tx -> {
            var scope = scope(tx, caller, templates, period);
            return new UserLatencyInsightsReport(
                    period.start(), period.end(), usage.templates(tx, scope), usage.latency(tx, scope));
        });
    }

    /** How many people had each status at the beginning of each of the last days, and have now. */
    GetUserStatusCountsResponse statuses(Caller caller, ZoneId zone) {
        authorizer.requireOnType(caller, Action.READ, ResourceType.USER, null);
        List<Instant> moments = moments(zone);
        var found = transactions.read(tx -> usage.statuses(tx, moments));
        var counts = new HashMap<String, Long>();
        found.forEach(count -> counts.put(count.status() + " " + count.moment(), count.people()));
        Map<UserStatus, List<UserStatusChangeCount>> byStatus = new LinkedHashMap<>();
        for (UserStatus status : UserStatus.values()) {
            String name = status.name().toLowerCase(Locale.ROOT);
            byStatus.put(
                    status,
                    moments.stream()
                            .map(moment ->
                                    new UserStatusChangeCount(moment, counts.getOrDefault(name + " " + moment, 0L)))
                            .toList());
        }
        return new GetUserStatusCountsResponse(byStatus);
    }

    private List<Instant> moments(ZoneId zone) {
        Instant now = clock.instant();
        LocalDate today = now.atZone(zone).toLocalDate();
        var moments = new ArrayList<Instant>();
        for (int before = DAYS - 1; before >= 0; before--) {
            moments.add(today.minusDays(before).atStartOfDay(zone).toInstant());
        }
        moments.add(now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)));
        return moments;
    }
}
