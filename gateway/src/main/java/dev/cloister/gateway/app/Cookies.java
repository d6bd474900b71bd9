package dev.cloister.gateway.app;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** Keeps the platform's cookies and the apps' cookies apart (RFC 6265). */
final class Cookies {
    private Cookies() {}

    /** A Cookie header without the platform's cookies, empty where nothing is left. */
    static Optional<String> toApp(String header, List<String> platform) {
        var left = new StringJoiner("; ");
        for (String pair : header.split(";")) {
            String cookie = pair.strip();
            int equals = cookie.indexOf('=');
            String name = equals < 0 ? cookie : cookie.substring(0, equals);
            if (!cookie.isEmpty() && !isPlatform(name.strip(), platform)) {
                left.add(cookie);
            }
        }
        return left.length() == 0 ? Optional.empty() : Optional.of(left.toString());
    }

    /**
     * A Set-Cookie header as an app may send it: none of the platform's names, and without Domain, so that it stays with
     * the app's own host and reaches neither the platform nor another app. Empty where it may not be sent at all.
     */
    static Optional<String> fromApp(String header, List<String> platform) {
        int equals = header.indexOf('=');
        int semicolon = header.indexOf(';');
        if (equals < 0 || (semicolon >= 0 && semicolon < equals)) {
            return Optional.empty(); // a cookie without a name could be read as any name
        }
        String name = header.substring(0, equals).strip();
        if (name.isEmpty() || isPlatform(name, platform)) {
            return Optional.empty();
        }
        var kept = new StringJoiner(";");
        for (String attribute : header.split(";")) {
            if (!attribute.strip().toLowerCase(Locale.ROOT).replace(" ", "").startsWith("domain")) {
                kept.add(attribute);
            }
        }
        return Optional.of(kept.toString());
    }

    private static boolean isPlatform(String name, List<String> platform) {
        return platform.stream().anyMatch(name::equalsIgnoreCase);
    }
}
