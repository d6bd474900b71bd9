package dev.cloister.server.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is told. Deleted people never are. */
public sealed interface Audience {
    /** One person, whatever the state of their account. */
    record Person(UUID id) implements Audience {}

    /**
     * Those who administer people: owners and user administrators.
     *
     * @param except somebody who knows already, null for nobody
     */
    record UserAdministrators(@Nullable UUID except) implements Audience {}

    /**
     * Those who administer the templates of an organization.
     *
     * @param except somebody who knows already, null for nobody
     */
    record TemplateAdministrators(
            UUID organization, @Nullable UUID except) implements Audience {}

    /**
     * Those who have workspaces of a template.
     *
     * @param except somebody who knows already, null for nobody
     */
    record UsersOfTemplate(UUID template, @Nullable UUID except) implements Audience {}

    static Audience person(UUID id) {
        return new Person(id);
    }
}
