package dev.cloister.server.notification;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.NotificationMethodsResponse;
import dev.cloister.contract.api.NotificationTemplate;
import dev.cloister.contract.api.NotificationsSettings;
import dev.cloister.contract.api.UpdateNotificationTemplateMethod;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.notification.delivery.Wordings;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The kinds of notifications, and what the deployment decides about them, over HTTP. */
final class NotificationSettingRoutes {
    private static final String PATH = "/api/v2/notifications";
    private static final String GROUP = "Notifications";
    private static final Access ALL =
            Access.signedIn("everybody chooses among the kinds and may know how they are sent");

    private final NotificationSettingService service;
    private final Wordings wordings;
    private final NotificationMethodsResponse methods;

    /** @param methods by which this deployment can send */
    NotificationSettingRoutes(
            NotificationSettingService service, Wordings wordings, NotificationMethodsResponse methods) {
        this.service = service;
        this.wordings = wordings;
        this.methods = methods;
    }

    void register(Routes routes) {
        routes.get(PATH + "/settings", ALL, request -> Response.ok(new NotificationsSettings(service.isPaused())))
                .named(GROUP, "Get whether sending rests")
                .answers(200, NotificationsSettings.class);
        routes.put(PATH + "/settings", Access.to(Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG), this::pause)
                .named(GROUP, "Have sending rest or go on")
                .takes(NotificationsSettings.class)
                .answers(200, NotificationsSettings.class)
                .answers(304);
        routes.get(PATH + "/dispatch-methods", ALL, request -> Response.ok(methods))
                .named(GROUP, "Get by which methods can be sent")
                .answers(200, NotificationMethodsResponse.class);
        for (String kind : List.of("system", "custom")) {
            routes.get(PATH + "/templates/" + kind, ALL, request -> Response.ok(templates(kind)))
                    .named(GROUP, "List the " + kind + " kinds of notifications")
                    .answersList(200, NotificationTemplate.class);
        }
        routes.put(
                        PATH + "/templates/{notification_template}/method",
                        Access.to(Action.UPDATE, ResourceType.NOTIFICATION_TEMPLATE),
                        this::setMethod)
                .named("Enterprise", "Set by which method a kind of notification is sent")
                .takes(UpdateNotificationTemplateMethod.class)
                .answers(200, ApiError.class)
                .answers(304);
    }

    private Response pause(Request request) {
        return service.pause(
                        request.caller(),
                        () -> request.body(NotificationsSettings.class).notifierPaused())
                .map(now -> Response.ok(new NotificationsSettings(now.notifierPaused())))
                .orElseGet(() -> Response.empty(304));
    }

    private List<NotificationTemplate> templates(String kind) {
        Map<UUID, String> chosen = service.methods();
        return Arrays.stream(Occasion.values())
                .filter(occasion -> occasion.kind().equals(kind))
                .map(occasion -> template(occasion, chosen.getOrDefault(occasion.id(), "")))
                .toList();
    }

    private NotificationTemplate template(Occasion occasion, String method) {
        var wording = wordings.of(occasion);
        return new NotificationTemplate(
                occasion.id(),
                occasion.title(),
                wording.title(),
                wording.body(),
                ApiJson.mapper().writeValueAsString(wording.links()),
                occasion.group().title(),
                method,
                occasion.kind(),
                occasion.enabledByDefault());
    }

    private Response setMethod(Request request) {
        boolean changed = service.setMethod(request.caller(), request.id("notification_template"), () -> {
            String method = request.body(UpdateNotificationTemplateMethod.class).method();
            if (!method.isEmpty()
                    && Method.parse(method).filter(Method::isChosen).isEmpty()) {
                throw new Failure.Invalid(
                        "Invalid request to update notification template method",
                        "method",
                        "Must be inbox, smtp or webhook, or empty for that of the deployment.");
            }
            return method;
        });
        return changed ? Response.ok(ApiError.of("The method of the notification was set.")) : Response.empty(304);
    }
}
