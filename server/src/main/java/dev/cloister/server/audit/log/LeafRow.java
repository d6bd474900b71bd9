package dev.cloister.server.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.proof.Commitment;
import dev.cloister.server.audit.CanonicalJson;
import dev.cloister.server.audit.SealedField;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A leaf with the values that open its commitments, as far as they are there.
 *
 * @param values null for a value that was erased
 */
record LeafRow(long index, byte[] entry, byte[] salts, Map<SealedField, String> values) {
    static final String SELECT = """
            SELECT l.log_index, l.entry, l.salts, e.actor_name, e.address, e.user_agent, e.resource_target,
                   e.diff::text AS diff, e.additional_fields::text AS additional_fields
            FROM audit_leaves l LEFT JOIN audit_events e ON e.sequence = l.sequence""";

    static LeafRow map(ResultSet row, StatementContext context) throws SQLException {
        var values = new EnumMap<SealedField, String>(SealedField.class);
        put(values, SealedField.ACTOR_NAME, row.getString("actor_name"));
        put(values, SealedField.IP, row.getString("address"));
        put(values, SealedField.USER_AGENT, row.getString("user_agent"));
        put(values, SealedField.RESOURCE_TARGET, row.getString("resource_target"));
        put(values, SealedField.DIFF, canonical(row.getString("diff")));
        put(values, SealedField.ADDITIONAL_FIELDS, canonical(row.getString("additional_fields")));
        return new LeafRow(row.getLong("log_index"), row.getBytes("entry"), row.getBytes("salts"), values);
    }

    private static @Nullable String canonical(@Nullable String json) {
        return json == null ? null : CanonicalJson.of(json);
    }

    private static void put(Map<SealedField, String> values, SealedField field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            values.put(field, value);
        }
    }

    /**
     * The leaf as a line of JSON: {@code {"index":7,"entry":{...},"opened":{"ip":["salt","value"],...}}}. The entry
     * stands there as it is hashed.
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
        json.append("}}");
    }
}
