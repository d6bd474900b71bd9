package dev.cloister.server.platform.telemetry;

import java.time.Duration;

/** Is told of each request that was answered. */
@FunctionalInterface
public interface RequestMeter {
    /** Tells nobody. */
    RequestMeter NONE = (method, route, status, took) -> {};

    /** @param route the path as it is registered, with names in place of values, so that there are few of them */
    void answered(String method, String route, int status, Duration took);
}
