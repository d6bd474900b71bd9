package dev.cloister.server.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.proof.Commitment;
import dev.cloister.server.audit.CanonicalJson;
import dev.cloister.server.audit.LogEntry;
import dev.cloister.server.audit.SealedField;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A leaf with the values that open its commitments, as far as they are there.
 *
 * @param values without those that were erased
 * @param shown what the row that people read says otherwise than the entry, "row" where there is no such row, else empty
 */
record LeafRow(long index, byte[] entry, byte[] salts, Map<SealedField, String> values, String shown) {
    static final String SELECT = """
            SELECT l.log_index, l.entry, l.salts, e.sequence, e.id, e.time, e.actor_id, e.actor_name, e.organization_id,
                   e.address, e.user_agent, e.resource_type, e.resource_id, e.resource_target, e.action, e.status_code,
                   e.diff::text AS diff, e.additional_fields::text AS additional_fields, e.request_id
            FROM audit_leaves l LEFT JOIN audit_events e ON e.sequence = l.sequence""";

    static LeafRow map(ResultSet row, StatementContext context) throws SQLException {
        long index = row.getLong("log_index");
        byte[] entry = row.getBytes("entry");
        byte[] salts = row.getBytes("salts");
        if (row.getObject("id") == null) {
            return new LeafRow(index, entry, salts, Map.of(), "row");
        }
        var facts = OldEventRow.map(row, context).facts();
        String shown = LogEntry.otherThan(entry, salts, facts).orElse("");
        return new LeafRow(index, entry, salts, facts.sealed(), shown);
    }

    /**
     * The leaf as a line of JSON: {@code {"index":7,"entry":{...},"opened":{"ip":["salt","value"],...}}}. The entry
     * stands there as it is hashed. Where the row that people read says otherwise, {@code ,"shown":["action"]} names it.
     */
    String line() {
        var line = new StringBuilder(1200).append("{\"index\":").append(index).append(',');
        body(line);
        return line.toString();
    }

    /** The same without the index, for the file of a proof. */
    String record() {
        var record = new StringBuilder(1200).append('{');
        body(record);
        return record.toString();
    }

    private void body(StringBuilder json) {
        json.append("\"entry\":").append(new String(entry, UTF_8));
        json.append(",\"opened\":{");
        boolean first = true;
        for (var value : values.entrySet()) {
            int salt = value.getKey().ordinal() * Commitment.SALT_BYTES;
            json.append(first ? "\"" : ",\"").append(value.getKey().wireName()).append("\":[\"");
            json.append(
                    Base64.getEncoder().encodeToString(Arrays.copyOfRange(salts, salt, salt + Commitment.SALT_BYTES)));
            json.append("\",");
            CanonicalJson.string(value.getValue(), json);
            json.append(']');
            first = false;
        }
        json.append('}');
        if (!shown.isEmpty()) {
            json.append(",\"shown\":[");
            CanonicalJson.string(shown, json);
            json.append(']');
        }
        json.append('}');
    }
}
