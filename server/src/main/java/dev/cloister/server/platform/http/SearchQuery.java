package dev.cloister.server.platform.http;

import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.platform.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The search syntax of lists: {@code key:value key:"quoted value" bare words}. Keys are lower-cased; a key that the list
 * does not know is an error, never ignored.
 */
public final class SearchQuery {
    private static final int MAX_LENGTH = 2000;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, List<String>> repeated = new LinkedHashMap<>();
    private final List<String> bare = new ArrayList<>();

    private SearchQuery() {}

    /**
     * Parses {@code text}.
     *
     * @param keys the keys that this list knows
     */
    public static SearchQuery parse(String text, Set<String> keys) {
        return parse(text, keys, Set.of());
    }

    /** @param repeatable keys that may be given more than once */
    public static SearchQuery parse(String text, Set<String> keys, Set<String> repeatable) {
        if (text.length() > MAX_LENGTH) {
            throw invalid("q", "Must not be longer than " + MAX_LENGTH + " characters.");
        }
        var query = new SearchQuery();
        for (String term : terms(text)) {
            int colon = term.indexOf(':');
            if (colon < 0) {
                query.bare.add(term);
                continue;
            }
            String key = term.substring(0, colon).toLowerCase(Locale.ROOT);
            if (repeatable.contains(key)) {
                query.repeated
                        .computeIfAbsent(key, ignored -> new ArrayList<>())
                        .add(term.substring(colon + 1));
                continue;
            }
            if (!keys.contains(key)) {
                throw invalid(key, "\"" + key + "\" is not a valid query param");
            }
            if (query.values.put(key, term.substring(colon + 1)) != null) {
                throw invalid(key, "Query param \"" + key + "\" is given more than once.");
            }
        }
        return query;
    }

    private static Failure invalid(String field, String problem) {
        return new Failure.Invalid("Invalid search query.", "", List.of(new ValidationError(field, problem)));
    }

    private static List<String> terms(String text) {
        var terms = new ArrayList<String>();
        var term = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (Character.isWhitespace(c) && !quoted) {
                flush(term, terms);
            } else {
                term.append(c);
            }
        }
        if (quoted) {
            throw invalid("q", "A quoted value is not closed.");
        }
        flush(term, terms);
        return terms;
    }

    private static void flush(StringBuilder term, List<String> terms) {
        if (!term.isEmpty()) {
            terms.add(term.toString());
            term.setLength(0);
        }
    }

    /** The value of a key. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    /** The values of a key that may be given more than once. */
    public List<String> values(String key) {
        return repeated.getOrDefault(key, List.of());
    }

    /** The words without a key, joined by a space; empty where there are none. */
    public Optional<String> bare() {
        return bare.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", bare));
    }
}
