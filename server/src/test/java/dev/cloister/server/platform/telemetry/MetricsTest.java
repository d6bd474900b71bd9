package dev.cloister.server.platform.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void countsRequestsByRouteInStepsOfTime() {
        metrics.answered("GET", "/api/v2/users", 200, Duration.ofMillis(7));
        metrics.answered("GET", "/api/v2/users", 200, Duration.ofSeconds(2));
        assertThat(read())
                .contains("# TYPE cloister_http_requests_seconds histogram")
                .contains(bucket("0.005") + 0, bucket("0.025") + 1, bucket("5.0") + 2, bucket("+Inf") + 2)
                .contains("cloister_http_requests_seconds_sum{" + LABELS + "} 2.007");
    }

    @Test
    void doesNotGrowWithTheMethodsThatClientsInvent() {
        metrics.answered("BREW\n\"", "/api/v2/users", 405, Duration.ZERO);
        metrics.answered("PROPFIND", "/api/v2/users", 405, Duration.ZERO);
        assertThat(read())
                .contains(
                        "cloister_http_requests_seconds_count{method=\"other\",route=\"/api/v2/users\",status=\"405\"} 2")
                .doesNotContain("BREW");
    }

    @Test
    void leavesOutWhatCannotBeFoundJustNow() {
        metrics.gauge("broken", "Fails", () -> {
            throw new IllegalStateException("no database");
        });
        metrics.gauge("whole", "Works", () -> 7L);
        assertThat(read()).contains("whole 7.0").doesNotContain("broken ");
    }

    @Test
    void keepsAValueWithinItsLabel() {
        metrics.gauges("things", "By state", "state", () -> Map.of("a\"} 1\nforged 2", 3L));
        assertThat(read()).contains("things{state=\"a\\\"} 1\\nforged 2\"} 3.0");
    }

    @Test
    void tellsOfTheProcess() {
        assertThat(read()).contains("process_cpu_seconds_total ", "jvm_memory_used_bytes{area=\"heap\"} ");
        assertThat(read()).as("a second time").contains("process_start_time_seconds ");
    }

    private static final String LABELS = "method=\"GET\",route=\"/api/v2/users\",status=\"200\"";

    private static String bucket(String most) {
        return "cloister_http_requests_seconds_bucket{" + LABELS + ",le=\"" + most + "\"} ";
    }

    private String read() {
        return new String(metrics.read(), UTF_8);
    }
}
