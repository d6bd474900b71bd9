package dev.cloister.server.audit;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.AuditLog;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.export.ExportFormat;
import dev.cloister.server.audit.export.LogExported;
import dev.cloister.server.audit.export.LogFile;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The part of the log that the caller may see and asked for, newest first, read in pages so that its size is no matter. */
final class AuditExport {
    private static final int PAGE = 500;
    private static final UUID NONE = new UUID(0, 0);
    private static final List<String> COLUMNS = List.of(
            "time",
            "id",
            "user_id",
            "username",
            "action",
            "status_code",
            "resource_type",
            "resource_id",
            "resource_target",
            "organization_id",
            "organization",
            "ip",
            "user_agent",
            "diff",
            "additional_fields",
            "request_id");

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final AuditRepository repository;

    AuditExport(Transactions transactions, Authorizer authorizer, AuditRepository repository) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
    }

    Response export(Request request) {
        var format = ExportFormat.of(request);
        String query = request.query("q").orElse("");
        var filter = AuditFilter.of(SearchQuery.parse(query, AuditFilter.KEYS), request.user());
        var visibility = authorizer.visible(request.caller(), ResourceType.AUDIT_LOG, AuditRepository.columns());
        transactions.record(request.caller(), LogExported.event("audit log", format.wireName(), query));
        return format.answer(
                "audit",
                out -> new LogFile(out, format, COLUMNS)
                        .<AuditRepository.Placed>all(
                                PAGE,
                                last -> transactions.read(tx -> repository.page(
                                        tx,
                                        visibility,
                                        filter,
                                        last.map(AuditRepository.Placed::sequence).orElse(Long.MAX_VALUE),
                                        PAGE)),
                                AuditRepository.Placed::log,
                                placed -> cells(placed.log())));
    }

    private static List<String> cells(AuditLog log) {
        var user = log.user();
        var organization = log.organization();
        return List.of(
                log.time().toString(),
                log.id().toString(),
                user == null ? "" : user.id().toString(),
                user == null ? "" : user.username(),
                log.action().name().toLowerCase(Locale.ROOT),
                Integer.toString(log.statusCode()),
                log.resourceType().name().toLowerCase(Locale.ROOT),
                id(log.resourceId()),
                log.resourceTarget(),
                id(log.organizationId()),
                organization == null ? "" : organization.name(),
                log.ip(),
                log.userAgent(),
                ApiJson.mapper().writeValueAsString(log.diff()),
                ApiJson.mapper().writeValueAsString(log.additionalFields()),
                log.requestId().toString());
    }

    private static String id(UUID id) {
        return id.equals(NONE) ? "" : id.toString();
    }
}
