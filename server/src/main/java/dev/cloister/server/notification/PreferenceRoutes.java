package dev.cloister.server.notification;

import dev.cloister.contract.api.NotificationPreference;
import dev.cloister.contract.api.UpdateUserNotificationPreferences;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What people choose to be told of, over HTTP. */
final class PreferenceRoutes {
    private static final String PATH = "/api/v2/users/{user}/notifications/preferences";

    private final PreferenceService service;
    private final PeopleNames people;

    PreferenceRoutes(PreferenceService service, PeopleNames people) {
        this.service = service;
        this.people = people;
    }

    void register(Routes routes) {
        routes.get(PATH, Access.to(Action.READ, ResourceType.NOTIFICATION_PREFERENCE), this::list)
                .named("Notifications", "List what a user chose to be told of")
                .answersList(200, NotificationPreference.class);
        routes.put(PATH, Access.to(Action.UPDATE, ResourceType.NOTIFICATION_PREFERENCE), this::update)
                .named("Notifications", "Choose what a user is told of")
                .takes(UpdateUserNotificationPreferences.class)
                .answersList(200, NotificationPreference.class);
    }

    private Response list(Request request) {
        return Response.ok(service.list(request.caller(), people.named(request)));
    }

    private Response update(Request request) {
        return Response.ok(service.update(request.caller(), people.named(request), () -> wanted(request)));
    }

    private static Map<Occasion, Boolean> wanted(Request request) {
        var problems = new ArrayList<ValidationError>();
        var wanted = new EnumMap<Occasion, Boolean>(Occasion.class);
        request.body(UpdateUserNotificationPreferences.class)
                .templateDisabledMap()
                .forEach((id, off) -> {
                    Optional<Occasion> occasion = Request.parseId(id).flatMap(Occasion::of);
                    if (occasion.isEmpty()) {
                        String field = "template_disabled_map." + (id.length() <= 64 ? id : id.substring(0, 64));
                        problems.add(new ValidationError(field, "Must be the id of a template, with true or false."));
                    } else {
                        wanted.put(occasion.get(), off);
                    }
                });
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems.subList(0, Math.min(problems.size(), 50)));
        }
        return wanted;
    }
}
