package dev.cloister.server.audit.sink.format;

import dev.cloister.server.audit.SealedField;

/** What an action on a kind of thing is in the words of others. */
final class Words {
    private Words() {}

    /** As in "alice: write workspace dev". The names in it are what people typed. */
    static String sentence(CopiedEvent event) {
        String who = event.value(SealedField.ACTOR_NAME);
        String target = event.value(SealedField.RESOURCE_TARGET);
        return (who.isEmpty() ? "somebody" : who) + ": " + event.action() + " "
                + event.resourceType().replace('_', ' ') + (target.isEmpty() ? "" : " " + target)
                + (event.isSuccess() ? "" : " (failed, " + event.status() + ")");
    }

    /** Whether a text is an IP address: a value that only looks like one would be refused by typed fields. */
    static boolean isAddress(String text) {
        return text.matches("(\\d{1,3}\\.){3}\\d{1,3}")
                        && java.util.Arrays.stream(text.split("\\.")).allMatch(part -> Integer.parseInt(part) < 256)
                || text.matches("[0-9a-fA-F:]{2,39}") && text.indexOf(':') >= 0 && !text.contains(":::");
    }

    /** Of the allowed values of {@code event.category}. */
    static String ecsCategory(CopiedEvent event) {
        return switch (event.action()) {
            case "login", "logout" -> "authentication";
            case "connect", "disconnect", "open", "close" -> "session";
            default -> isOfPeople(event) ? "iam" : "configuration";
        };
    }

    /** Of the allowed values of {@code event.type}. */
    static String ecsType(CopiedEvent event) {
        return switch (event.action()) {
            case "create", "register" -> "creation";
            case "delete" -> "deletion";
            case "login", "start", "connect", "open" -> "start";
            case "logout", "stop", "disconnect", "close" -> "end";
            default -> "change";
        };
    }

    static boolean isOfPeople(CopiedEvent event) {
        return switch (event.resourceType()) {
            case "user", "group", "organization", "organization_member", "custom_role", "api_key", "git_ssh_key" ->
                true;
            default -> false;
        };
    }
}
