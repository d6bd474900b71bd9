package dev.cloister.gateway.app;

import java.util.List;

/**
 * How one request is passed on.
 *
 * @param prefix what is taken off the beginning of the path, empty for apps with a host name of their own
 * @param platformCookies names of cookies that are the platform's: never passed on, never taken from an app
 * @param platformHeaders names of request headers that are the platform's
 * @param clientAddress where the request came from, for the app's log
 */
public record AppRoute(
        AppVisit visit,
        Place place,
        String prefix,
        List<String> platformCookies,
        List<String> platformHeaders,
        String clientAddress) {
    /** Where the browser believes the app to be. */
    public enum Place {
        /** On a host name of its own, with cookies of its own. */
        OWN_HOST,
        /**
         * On a path of the platform's host. The browser would take it for the platform, so it gets neither cookies nor
         * anything that acts on the whole host, and its pages are sandboxed into an origin of their own.
         */
        PLATFORM_PATH
    }

    public AppRoute {
        platformCookies = List.copyOf(platformCookies);
        platformHeaders = List.copyOf(platformHeaders);
    }
}
