package dev.cloister.server.connection;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.MinimalUser;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.export.ExportFormat;
import dev.cloister.server.audit.export.LogExported;
import dev.cloister.server.audit.export.LogFile;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The connections that the caller may see and asked for, newest first, read in pages. A row is what the list has, and how
 * many bytes went each way.
 */
final class ConnectionLogExport {
    private static final int PAGE = 500;
    private static final List<String> COLUMNS = List.of(
            "connect_time",
            "disconnect_time",
            "id",
            "type",
            "user_id",
            "username",
            "workspace_owner",
            "workspace_id",
            "workspace",
            "agent",
            "slug_or_port",
            "ip",
            "user_agent",
            "disconnect_reason",
            "bytes_from_user",
            "bytes_to_user",
            "organization");

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final ConnectionLogRepository repository;

    ConnectionLogExport(Transactions transactions, Authorizer authorizer, ConnectionLogRepository repository) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
    }

    Response export(Request request) {
        var format = ExportFormat.of(request);
        String query = request.query("q").orElse("");
        var filter = ConnectionLogFilter.of(SearchQuery.parse(query, ConnectionLogFilter.KEYS), request.user());
        var visibility =
                authorizer.visible(request.caller(), ResourceType.CONNECTION_LOG, ConnectionLogRepository.columns());
        transactions.record(request.caller(), LogExported.event("connection log", format.wireName(), query));
        return format.answer(
                "connections",
                out -> new LogFile(out, format, COLUMNS)
                        .<ExportedConnection>all(
                                PAGE,
                                last -> transactions.read(tx -> repository.page(
                                        tx, visibility, filter, last.map(ExportedConnection::log), PAGE)),
                                ConnectionLogExport::document,
                                ConnectionLogExport::cells));
    }

    private static ObjectNode document(ExportedConnection row) {
        ObjectNode document = ApiJson.mapper().valueToTree(row.log());
        return document.put("bytes_from_user", row.bytesFromUser()).put("bytes_to_user", row.bytesToUser());
    }

    private static List<String> cells(ExportedConnection row) {
        var log = row.log();
        var ends = log.sshInfo();
        var web = log.webInfo();
        MinimalUser user = row.user();
        return List.of(
                log.connectTime().toString(),
                ends == null ? "" : text(ends.disconnectTime()),
                log.id().toString(),
                log.type().name().toLowerCase(Locale.ROOT),
                user == null ? "" : user.id().toString(),
                user == null ? "" : user.username(),
                log.workspaceOwnerUsername(),
                log.workspaceId().toString(),
                log.workspaceName(),
                log.agentName(),
                web == null ? "" : web.slugOrPort(),
                text(log.ip()),
                row.userAgent(),
                ends == null ? "" : text(ends.disconnectReason()),
                Long.toString(row.bytesFromUser()),
                Long.toString(row.bytesToUser()),
                log.organization().name());
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
