package dev.cloister.server.template;

import dev.cloister.contract.api.TemplateRole;
import java.util.List;

/** What is given on templates, as a word of the API and as the list of actions that is stored. */
final class TemplateRoles {
    static final List<String> USE = List.of("read", "use");
    private static final List<String> EVERYTHING = List.of("*");

    private TemplateRoles() {}

    /** The actions of a role, none for {@link TemplateRole#NONE}. */
    static List<String> actions(TemplateRole role) {
        return switch (role) {
            case ADMIN -> EVERYTHING;
            case USE -> USE;
            case NONE -> List.of();
        };
    }

    static TemplateRole of(List<String> actions) {
        if (actions.contains("*")) {
            return TemplateRole.ADMIN;
        }
        return actions.containsAll(USE) ? TemplateRole.USE : TemplateRole.NONE;
    }
}
