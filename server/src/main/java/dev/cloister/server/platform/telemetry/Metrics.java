package dev.cloister.server.platform.telemetry;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and times in the text form of Prometheus (version 0.0.4). Labels are routes, statuses and states: never the
 * name of a person or of a thing of theirs, which would make of a metric a record of what people do.
 */
public final class Metrics implements RequestMeter {
    /** Of what {@link #read} gives. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
    private static final double NANOS = 1e9;
    private static final double[] STEPS = {0.005, 0.025, 0.1, 0.5, 1, 5, 30};
    private static final List<String> KNOWN_METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer =
            PrometheusTextFormatWriter.builder().build();
    private final Histogram requests = Histogram.builder()
            .name("cloister_http_requests_seconds")
            .help("Requests that were answered, by route")
            .labelNames("method", "route", "status")
            .classicOnly()
            .classicUpperBounds(STEPS)
            .register(registry);
    private final AtomicBoolean machine = new AtomicBoolean();

    /** Methods come from clients and routes from us: only the former can hold anything. */
    @Override
    public void answered(String method, String route, int status, Duration took) {
        String known = KNOWN_METHODS.contains(method) ? method : "other";
        requests.labelValues(known, route, Integer.toString(status)).observe(took.toNanos() / NANOS);
    }

    /** A number that is asked for whenever the metrics are read. */
    public void gauge(String name, String description, Supplier<Long> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(description)
                .callback(callback -> attempt(name, () -> callback.call(value.get())))
                .register(registry);
    }

    /** Numbers by a label, asked for whenever the metrics are read. */
    public void gauges(String name, String description, String label, Supplier<Map<String, Long>> values) {
        GaugeWithCallback.builder()
                .name(name)
                .help(description)
                .labelNames(label)
                .callback(callback ->
                        attempt(name, () -> values.get().forEach((key, number) -> callback.call(number, key))))
                .register(registry);
    }

    /** Everything; a number that cannot be found just now is left out. */
    public byte[] read() {
        // Not at the start, which would be slower by their beans.
        if (machine.compareAndSet(false, true)) {
            JvmMetrics.builder().register(registry);
        }
        var text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }

    private static void attempt(String name, Runnable measure) {
        try {
            measure.run();
        } catch (RuntimeException e) {
            LOG.warn("the metric {} could not be read: {}", name, e.getMessage());
        }
    }
}
