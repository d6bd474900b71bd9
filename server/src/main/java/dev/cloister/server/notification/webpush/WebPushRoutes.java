package dev.cloister.server.notification.webpush;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.DeleteWebpushSubscription;
import dev.cloister.contract.api.WebpushSubscription;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.notification.PeopleNames;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;
import java.util.UUID;

/** Subscriptions of browsers over HTTP. */
final class WebPushRoutes {
    private static final String BASE = "/api/v2/users/{user}/webpush";
    private static final long TESTS_A_MINUTE = 10;

    private final SubscriptionService service;
    private final WebPushSender sender;
    private final boolean plain;
    private final RateLimits limits = new RateLimits(0);

    /** @param plain whether push services may be at {@code http} addresses */
    WebPushRoutes(SubscriptionService service, WebPushSender sender, boolean plain) {
        this.service = service;
        this.sender = sender;
        this.plain = plain;
    }

    void register(Routes routes, PeopleNames people) {
        var create = Access.to(Action.CREATE, ResourceType.WEBPUSH_SUBSCRIPTION);
        routes.post(BASE + "/subscription", create, request -> subscribe(request, people))
                .named("Notifications", "Subscribe a browser to a user's notifications")
                .takes(WebpushSubscription.class)
                .answers(204)
                .answers(400, ApiError.class);
        routes.delete(
                        BASE + "/subscription",
                        Access.to(Action.DELETE, ResourceType.WEBPUSH_SUBSCRIPTION),
                        request -> unsubscribe(request, people))
                .named("Notifications", "Unsubscribe a browser")
                .takes(DeleteWebpushSubscription.class)
                .answers(204);
        routes.post(BASE + "/test", create, request -> test(request, people))
                .named("Notifications", "Send a test to a user's browsers")
                .answers(204)
                .answers(502, ApiError.class);
    }

    private Response subscribe(Request request, PeopleNames people) {
        service.subscribe(
                request.caller(),
                people.named(request),
                () -> NewSubscription.of(request.body(WebpushSubscription.class), plain));
        return Response.empty(204);
    }

    private Response unsubscribe(Request request, PeopleNames people) {
        service.unsubscribe(
                request.caller(),
                people.named(request),
                () -> Secret.of(request.body(DeleteWebpushSubscription.class).endpoint()));
        return Response.empty(204);
    }

    private Response test(Request request, PeopleNames people) {
        UUID person = people.named(request);
        List<Subscription> all = service.forTest(request.caller(), person);
        limits.take("web push tests for " + person, TESTS_A_MINUTE);
        UUID id = UUID.randomUUID();
        var outcomes = sender.pushAll(
                all,
                WebPushSender.payload("Push notifications work", "This browser is told from now on.", id, List.of()),
                id);
        if (!outcomes.isEmpty() && !outcomes.contains(PushService.Outcome.TAKEN)) {
            throw Failure.Unavailable.badGateway("No push service took the test.");
        }
        return Response.empty(204);
    }
}
