package dev.cloister.provisioner.terraform.provider;

import dev.cloister.contract.agent.CronSchedule;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Kinds of texts and numbers that a pattern cannot tell. */
enum ValueKind {
    DEPLOYMENT_URL("deploymentUrl"),
    URL("url"),
    UUID_TEXT("uuid"),
    ABSOLUTE_PATH("absolutePath"),
    HOME_DIRECTORY("homeDirectory"),
    CRON("cron"),
    HOURS("hours"),
    TIME_ZONE("timeZone"),
    PREBUILD_LIFETIME("prebuildLifetime");

    private static final Set<String> HOMES = Set.of("", "$HOME", "~");
    private static final int UNIX_FIELDS = 5;
    private static final long SHORTEST_LIFE = 3600;
    private static final long LONGEST_LIFE = 31_536_000;

    private final String word;

    ValueKind(String word) {
        this.word = word;
    }

    static ValueKind named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of value is called " + word));
    }

    void check(List<Object> path, String name, String text, Findings findings) {
        switch (this) {
            case DEPLOYMENT_URL -> {
                if (text.isEmpty() || !isUrl(text)) {
                    findings.error(path, name + " must be a URL");
                }
            }
            case URL -> {
                if (!isUrl(text)) {
                    findings.error(path, name + " must be a URL or a path, which \"" + text + "\" is not");
                }
            }
            case UUID_TEXT -> {
                if (!isUuid(text)) {
                    findings.error(path, name + " must be a UUID, which \"" + text + "\" is not");
                }
            }
            case ABSOLUTE_PATH -> {
                if (!text.startsWith("/")) {
                    findings.error(path, name + " must be an absolute path, which \"" + text + "\" is not");
                }
            }
            case HOME_DIRECTORY -> {
                if (!HOMES.contains(text)) {
                    findings.warning(
                            path,
                            "Sessions do not begin in the home directory",
                            "Tools that expect files at home may not find them.");
                }
            }
            case CRON -> checkCron(path, name, text, findings);
            case HOURS -> PrebuildHours.check(path, name, text, findings);
            case TIME_ZONE -> {
                if (!text.equals("UTC") && !ZoneId.getAvailableZoneIds().contains(text)) {
                    findings.error(path, name + " must be a time zone such as Europe/Berlin, not \"" + text + "\"");
                }
            }
            case PREBUILD_LIFETIME -> {}
        }
    }

    static void checkLifetime(List<Object> path, BigDecimal seconds, Findings findings) {
        boolean inRange = seconds.compareTo(BigDecimal.valueOf(SHORTEST_LIFE)) >= 0
                && seconds.compareTo(BigDecimal.valueOf(LONGEST_LIFE)) <= 0;
        if (seconds.signum() != 0 && !inRange) {
            findings.error(path, "\"ttl\" must be 0, or between " + SHORTEST_LIFE + " and " + LONGEST_LIFE);
        }
    }

    private static void checkCron(List<Object> path, String name, String text, Findings findings) {
        if (CronWords.isDescriptor(text)) {
            return;
        }
        try {
            CronSchedule.parse(text);
        } catch (IllegalArgumentException e) {
            findings.error(path, name + " " + e.getMessage());
            return;
        }
        if (text.strip().split("\\s+").length == UNIX_FIELDS) {
            findings.warning(
                    path,
                    "The first of the five fields of " + name + " is seconds",
                    "Schedules here begin with seconds and may leave out the day of the week. For a schedule in the"
                            + " manner of Unix, put \"0 \" before \"" + text + "\".");
        }
    }

    private static boolean isUrl(String text) {
        try {
            new URI(text);
            return true;
        } catch (URISyntaxException e) {
            // Most characters that Java refuses are fine for those who read it, who would escape them.
            return text.chars().noneMatch(Character::isISOControl) && !text.contains(":/ ") && !text.startsWith(":");
        }
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
