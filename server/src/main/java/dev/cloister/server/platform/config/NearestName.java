package dev.cloister.server.platform.config;

import java.util.Comparator;
import java.util.Optional;

/** Guesses which setting a mistyped name was meant to be. */
final class NearestName {
    private static final int FARTHEST = 3;
    private static final int LONGEST = 100;

    private NearestName() {}

    /** The declared name nearest to the typed one, where one is near. */
    static Optional<String> of(String typed) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        return Declarations.ALL.stream()
                .map(Setting::name)
                .min(Comparator.comparingInt(name -> distance(name, typed)))
                .filter(name -> distance(name, typed) <= FARTHEST);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var above = row[j];
                var cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
