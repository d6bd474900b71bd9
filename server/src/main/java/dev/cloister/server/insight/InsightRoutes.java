package dev.cloister.server.insight;

import dev.cloister.contract.api.DAUsResponse;
import dev.cloister.contract.api.GetUserStatusCountsResponse;
import dev.cloister.contract.api.InsightsReportInterval;
import dev.cloister.contract.api.TemplateInsightsResponse;
import dev.cloister.contract.api.UserActivityInsightsResponse;
import dev.cloister.contract.api.UserLatencyInsightsResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.template.TemplateId;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reports on use over HTTP. */
public final class InsightRoutes {
    private static final Access VIEW = Access.to(Action.VIEW_INSIGHTS, ResourceType.TEMPLATE);
    private static final String GROUP = "Insights";
    private static final String BASE = "/api/v2/insights";
    private static final int MAX_TEMPLATES = 100;

    private final InsightService insights;
    private final TemplateReports reports;
    private final Clock clock;

    public InsightRoutes(Transactions transactions, Authorizer authorizer, Clock clock) {
        var usage = new UsageRepository();
        this.insights = new InsightService(transactions, authorizer, usage, clock);
        this.reports = new TemplateReports(transactions, insights, usage, new AppUsageRepository());
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.get(BASE + "/daus", Access.to(Action.READ, ResourceType.DEPLOYMENT_CONFIG), this::deploymentDays)
                .named(GROUP, "Count the people who used workspaces, day by day")
                .query("tz_offset", Integer.class, "hours from UTC by which days begin")
                .answers(200, DAUsResponse.class);
        routes.get("/api/v2/templates/{template}/daus", VIEW, this::templateDays)
                .named("Templates", "Count the people who used a template's workspaces, day by day")
                .query("tz_offset", Integer.class, "hours from UTC by which days begin")
                .answers(200, DAUsResponse.class);
        routes.get(BASE + "/user-status-counts", Access.to(Action.READ, ResourceType.USER), this::statuses)
                .named(GROUP, "Count people by status, day by day")
                .query("timezone", String.class, "the name of a time zone by which days begin")
                .query("tz_offset", Integer.class, "hours from UTC, where no zone is named")
                .answers(200, GetUserStatusCountsResponse.class);
        timed(routes.get(BASE + "/user-activity", VIEW, this::activity)
                .named(GROUP, "Say for how long people used workspaces")
                .answers(200, UserActivityInsightsResponse.class));
        timed(routes.get(BASE + "/user-latency", VIEW, this::latency)
                .named(GROUP, "Say how slow the connections of people were")
                .answers(200, UserLatencyInsightsResponse.class));
        timed(routes.get(BASE + "/templates", VIEW, this::templates)
                .named(GROUP, "Say how templates were used")
                .query("interval", InsightsReportInterval.class, "day or week, for a report part by part too")
                .query("sections", String.class, "report, interval_reports, or both with a comma")
                .query("format", String.class, "csv for the report as a table; json without it")
                .answers(200, TemplateInsightsResponse.class));
    }

    private static void timed(Operation operation) {
        operation
                .query("start_time", Instant.class, "where the time begins, a full hour")
                .query("end_time", Instant.class, "where it ends, a full hour")
                .query("template_ids", String.class, "ids of templates, with commas between them; all without it");
    }

    private Response deploymentDays(Request request) {
        return Response.ok(insights.deploymentDays(request.caller(), hours(request)));
    }

    private Response templateDays(Request request) {
        var template = new TemplateId(request.id("template"));
        return Response.ok(insights.templateDays(request.caller(), template, hours(request)));
    }

    private static int hours(Request request) {
        return (int) request.number("tz_offset", 0, -12, 14);
    }

    private Response statuses(Request request) {
        Optional<String> name = request.query("timezone");
        try {
            ZoneId zone = name.isPresent() ? ZoneId.of(name.get()) : ZoneOffset.ofHours(hours(request));
            return Response.ok(insights.statuses(request.caller(), zone));
        } catch (DateTimeException e) {
            throw Period.invalid("timezone", "Must be the name of a time zone such as Europe/Paris.");
        }
    }

    private Response activity(Request request) {
        return Response.ok(new UserActivityInsightsResponse(
                insights.activity(request.caller(), ids(request), Period.of(request, clock.instant()))));
    }

    private Response latency(Request request) {
        return Response.ok(new UserLatencyInsightsResponse(
                insights.latency(request.caller(), ids(request), Period.of(request, clock.instant()))));
    }

    private Response templates(Request request) {
        Period period = Period.of(request, clock.instant());
        var interval = request.query("interval").map(text -> switch (text) {
            case "day" -> InsightsReportInterval.DAY;
            case "week" -> InsightsReportInterval.WEEK;
            default -> throw Period.invalid("interval", "Must be day or week.");
        });
        if (interval.equals(Optional.of(InsightsReportInterval.WEEK))
                && period.length().compareTo(Duration.ofDays(6)) < 0) {
            throw Period.invalid("interval", "Must be day for a time shorter than six days.");
        }
        Set<String> sections = sections(request);
        var wanted = new TemplateReports.Wanted(
                interval.filter(ignored -> sections.contains("interval_reports")), sections.contains("report"));
        boolean table = table(request);
        var answer = reports.report(request.caller(), ids(request), period, wanted);
        return table && answer.report() != null
                ? Response.bytes(200, "text/csv; charset=utf-8", UsageTable.of(answer.report()))
                        .header("Content-Disposition", "attachment; filename=\"template-insights.csv\"")
                : Response.ok(answer);
    }

    private static boolean table(Request request) {
        return switch (request.query("format").orElse("json")) {
            case "json" -> false;
            case "csv" -> true;
            default -> throw Period.invalid("format", "Must be json or csv.");
        };
    }

    private static Set<String> sections(Request request) {
        var known = Set.of("report", "interval_reports");
        var asked = request.query("sections")
                .map(text -> Set.of(text.split(",", 2)))
                .orElse(known);
        if (!known.containsAll(asked)) {
            throw Period.invalid("sections", "Must be report, interval_reports, or both with a comma.");
        }
        return asked;
    }

    private static List<TemplateId> ids(Request request) {
        List<TemplateId> ids = request.query("template_ids").stream()
                .flatMap(text -> Arrays.stream(text.split(",", MAX_TEMPLATES + 1)))
                .map(text -> Request.parseId(text.strip())
                        .orElseThrow(() -> Period.invalid("template_ids", "Must be UUIDs.")))
                .map(TemplateId::new)
                .distinct()
                .toList();
        if (ids.size() > MAX_TEMPLATES) {
            throw Period.invalid("template_ids", "Must be at most " + MAX_TEMPLATES + ".");
        }
        return ids;
    }
}
