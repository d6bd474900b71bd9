package dev.cloister.server.organization;

import dev.cloister.contract.api.ValidationError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of names and texts of organizations and groups. */
final class OrganizationNames {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*");
    private static final int LONGEST_NAME = 36;
    private static final int LONGEST_DISPLAY_NAME = 64;
    private static final int LONGEST_DESCRIPTION = 2048;
    private static final int LONGEST_ADDRESS = 2048;

    /** Words that stand in the place of an organization in addresses. */
    private static final Set<String> RESERVED = Set.of("default", "new", "me");

    private OrganizationNames() {}

    static void organization(String name, List<ValidationError> problems) {
        name(name, problems);
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            problems.add(new ValidationError("name", "Is a word with a meaning of its own here. Choose another."));
        }
    }

    static void group(String name, List<ValidationError> problems) {
        name(name, problems);
        if (name.equalsIgnoreCase(GroupRecord.EVERYONE) || name.equalsIgnoreCase("new")) {
            problems.add(new ValidationError("name", "Is a word with a meaning of its own here. Choose another."));
        }
    }

    private static void name(String name, List<ValidationError> problems) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            problems.add(
                    new ValidationError("name", "Must have 1 to 36 letters, digits and single hyphens between them."));
        }
    }

    static void displayName(String text, List<ValidationError> problems) {
        text("display_name", text, LONGEST_DISPLAY_NAME, problems);
    }

    static void description(String text, List<ValidationError> problems) {
        if (text.length() > LONGEST_DESCRIPTION || text.indexOf('\0') >= 0) {
            problems.add(new ValidationError("description", "Must have at most 2048 characters."));
        }
    }

    /** An address of a picture: on this server, or by HTTP; nothing that a browser would run. */
    static void picture(String field, String address, List<ValidationError> problems) {
        text(field, address, LONGEST_ADDRESS, problems);
        String lower = address.toLowerCase(Locale.ROOT);
        boolean fine =
                lower.isEmpty() || lower.startsWith("/") || lower.startsWith("https://") || lower.startsWith("http://");
        if (!fine) {
            problems.add(new ValidationError(field, "Must be a path on this server or an http(s) address."));
        }
    }

    private static void text(String field, String text, int longest, List<ValidationError> problems) {
        if (text.length() > longest || text.codePoints().anyMatch(Character::isISOControl)) {
            problems.add(
                    new ValidationError(field, "Must have at most " + longest + " characters, without line breaks."));
        }
    }
}
