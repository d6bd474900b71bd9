package dev.cloister.server.template;

import dev.cloister.contract.api.ValidationError;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of what people call templates and versions. */
final class TemplateNames {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9]+([_.-][a-zA-Z0-9]+)*");
    private static final int MAX_DISPLAY_NAME = 64;
    private static final int MAX_DESCRIPTION = 128;
    private static final int MAX_ICON = 256;
    private static final int MAX_MESSAGE = 1_048_576 / 8;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> MOODS = List.of(
            "able", "bold", "brisk", "calm", "clear", "deft", "eager", "even", "fair", "fresh", "glad", "keen", "kind",
            "light", "lucid", "mild", "neat", "prime", "quick", "quiet", "rapid", "ready", "sharp", "solid", "spry",
            "still", "sunny", "swift", "vivid", "warm", "wise", "witty");
    private static final List<String> THINGS = List.of(
            "acorn", "arch", "aspen", "badger", "beacon", "birch", "brook", "cedar", "cloud", "comet", "dale", "ember",
            "falcon", "fern", "finch", "garden", "harbor", "heron", "island", "juniper", "lantern", "maple", "meadow",
            "orchard", "otter", "pebble", "quartz", "river", "sparrow", "summit", "thicket", "willow");

    private TemplateNames() {}

    static Optional<String> nameProblem(String name) {
        return name.length() <= 32 && NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("Must have 1 to 32 letters, digits and single hyphens between them.");
    }

    static Optional<String> versionProblem(String name) {
        return name.length() <= 64 && VERSION.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("Must have 1 to 64 letters and digits with single hyphens, dots or underscores between.");
    }

    static Optional<String> messageProblem(String message) {
        return message.length() <= MAX_MESSAGE && message.indexOf('\0') < 0
                ? Optional.empty()
                : Optional.of("Must have at most " + MAX_MESSAGE + " characters.");
    }

    /** Everything that is wrong with what a template is called and how it is described. */
    static List<ValidationError> problems(String name, String displayName, String description, String icon) {
        var problems = new ArrayList<ValidationError>();
        nameProblem(name).ifPresent(problem -> problems.add(new ValidationError("name", problem)));
        line("display_name", displayName, MAX_DISPLAY_NAME, problems);
        line("description", description, MAX_DESCRIPTION, problems);
        line("icon", icon, MAX_ICON, problems);
        return problems;
    }

    private static void line(String field, String text, int limit, List<ValidationError> problems) {
        if (text.length() > limit || text.codePoints().anyMatch(Character::isISOControl)) {
            problems.add(new ValidationError(field, "Must be one line of at most " + limit + " characters."));
        }
    }

    /** A name for a version that nobody named: memorable, and different each time. */
    static String random() {
        return String.format(
                Locale.ROOT,
                "%s-%s-%04x",
                MOODS.get(RANDOM.nextInt(MOODS.size())),
                THINGS.get(RANDOM.nextInt(THINGS.size())),
                RANDOM.nextInt(1 << 16));
    }
}
