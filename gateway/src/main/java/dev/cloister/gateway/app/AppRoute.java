package dev.cloister.gateway.app;

import java.util.List;
import java.util.Map;

/**
 * How one request is passed on.
 *
 * @param prefix what is taken off the beginning of the path, empty for apps with a host name of their own
 * @param platformCookies names of cookies that are the platform's: never passed on, never taken from an app
 * @param platformHeaders names of request headers that are the platform's
 * @param clientAddress where the request came from, for the app's log
 * @param answerHeaders what every answer gets on top
 */
public record AppRoute(
        AppVisit visit,
        String prefix,
        List<String> platformCookies,
        List<String> platformHeaders,
        String clientAddress,
        Map<String, String> answerHeaders) {
    public AppRoute {
        platformCookies = List.copyOf(platformCookies);
        platformHeaders = List.copyOf(platformHeaders);
        answerHeaders = Map.copyOf(answerHeaders);
    }
}
