package dev.cloister.server.platform.telemetry;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and times in the text form of Prometheus (version 0.0.4). Labels are routes, statuses and states: never the
 * name of a person or of a thing of theirs, which would make of a metric a record of what people do.
 */
public final class Metrics implements RequestMeter {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
    private static final String REQUESTS = "cloister_http_requests_seconds";

    private final Map<Answered, Histogram> requests = new ConcurrentHashMap<>();
    private final List<Gauge> gauges = new CopyOnWriteArrayList<>();

    private record Answered(String method, String route, int status) {
        /** Methods come from clients and routes from us: only the former can hold anything. */
        String labels() {
            return "method=\"" + method + "\",route=\"" + route + "\",status=\"" + status + '"';
        }
    }

    /** @param label the name of the label whose values are the keys; empty where there is one number without a label */
    private record Gauge(String name, String description, String label, Supplier<Map<String, Long>> values) {}

    public Metrics() {
        var memory = ManagementFactory.getMemoryMXBean();
        var threads = ManagementFactory.getThreadMXBean();
        gauges(
                "jvm_memory_used_bytes",
                "Memory of the Java virtual machine",
                "area",
                () -> Map.of(
                        "heap", memory.getHeapMemoryUsage().getUsed(),
                        "nonheap", memory.getNonHeapMemoryUsage().getUsed()));
        gauge("jvm_threads", "Threads of the operating system", () -> (long) threads.getThreadCount());
        gauge(
                "process_uptime_seconds",
                "How long the server runs",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
    }

    @Override
    public void answered(String method, String route, int status, Duration took) {
        String known = KNOWN_METHODS.contains(method) ? method : "other";
        requests.computeIfAbsent(new Answered(known, route, status), ignored -> new Histogram())
                .add(took);
    }

    private static final List<String> KNOWN_METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** A number that is asked for whenever the metrics are read. */
    public void gauge(String name, String description, Supplier<Long> value) {
        gauges.add(new Gauge(name, description, "", () -> Map.of("", value.get())));
    }

    /** Numbers by a label, asked for whenever the metrics are read. */
    public void gauges(String name, String description, String label, Supplier<Map<String, Long>> values) {
        gauges.add(new Gauge(name, description, label, values));
    }

    /** Everything; a number that cannot be found just now is left out. */
    public String read() {
        var text = new StringBuilder();
        head(text, REQUESTS, "Requests that were answered, by route", "histogram");
        requests.forEach((answered, histogram) -> histogram.write(text, REQUESTS, answered.labels()));
        for (Gauge gauge : gauges) {
            try {
                write(text, gauge);
            } catch (RuntimeException e) {
                LOG.warn("the metric {} could not be read: {}", gauge.name(), e.getMessage());
            }
        }
        return text.toString();
    }

    private static void write(StringBuilder text, Gauge gauge) {
        var values = new TreeMap<>(gauge.values().get());
        head(text, gauge.name(), gauge.description(), "gauge");
        values.forEach((value, number) -> {
            text.append(gauge.name());
            if (!gauge.label().isEmpty()) {
                text.append('{')
                        .append(gauge.label())
                        .append("=\"")
                        .append(value)
                        .append("\"}");
            }
            text.append(' ').append(number).append('\n');
        });
    }

    private static void head(StringBuilder text, String name, String description, String type) {
        text.append("# HELP ").append(name).append(' ').append(description).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
