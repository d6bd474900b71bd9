package dev.cloister.contract.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Makes request paths in which a name can never become more than one segment or one query value. */
final class Paths {
    private Paths() {}

    /** Fills each {@code {}} of the pattern with an escaped value. */
    static String of(String pattern, Object... values) {
        var path = new StringBuilder("/api/v2");
        int from = 0;
        for (var value : values) {
            int hole = pattern.indexOf("{}", from);
            path.append(pattern, from, hole).append(escape(value.toString()));
            from = hole + 2;
        }
        return path.append(pattern, from, pattern.length()).toString();
    }

    /** The name as one more segment of a path. */
    static String segment(String name) {
        return "/" + escape(name);
    }

    private static String escape(String value) {
        var escaped = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        return switch (escaped) { // a segment of dots would climb
            case "." -> "%2E";
            case ".." -> "%2E%2E";
            default -> escaped;
        };
    }
}
