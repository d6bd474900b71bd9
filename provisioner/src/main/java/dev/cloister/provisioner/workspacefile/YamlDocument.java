package dev.cloister.provisioner.workspacefile;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A parsed file: its values, and where each of them stands.
 *
 * @param keys where the keys of mappings stand, by the path of their values
 * @param values where the values stand
 * @param texts scalars as they were written, so that {@code 1.10} stays 1.10
 */
record YamlDocument(
        JsonNode root, Map<FieldPath, Place> keys, Map<FieldPath, Place> values, Map<FieldPath, String> texts) {
    /** The place of a value; of its nearest parent when it is absent. */
    Place place(FieldPath path) {
        for (var at = path; !at.text().isEmpty(); at = at.parent()) {
            var place = values.get(at);
            if (place != null) {
                return place;
            }
        }
        return values.getOrDefault(FieldPath.ROOT, Place.START);
    }

    Place keyPlace(FieldPath path) {
        return Optional.ofNullable(keys.get(path)).orElseGet(() -> place(path));
    }

    Optional<String> text(FieldPath path) {
        return Optional.ofNullable(texts.get(path));
    }
}
