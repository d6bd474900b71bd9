package dev.cloister.server.platform.telemetry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How many durations there were up to each step, and how long they took together. */
final class Histogram {
    private static final double[] STEPS = {0.005, 0.025, 0.1, 0.5, 1, 5, 30};
    private static final double NANOS = 1e9;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS.length + 1);
    private final LongAdder nanos = new LongAdder();

    void add(Duration duration) {
        double seconds = duration.toNanos() / NANOS;
        int step = 0;
        while (step < STEPS.length && seconds > STEPS[step]) {
            step++;
        }
        counts.incrementAndGet(step);
        nanos.add(duration.toNanos());
    }

    /** The lines of a histogram of this name with these labels. */
    void write(StringBuilder text, String name, String labels) {
        long count = 0;
        for (int step = 0; step <= STEPS.length; step++) {
            count += counts.get(step);
            String most = step == STEPS.length ? "+Inf" : Double.toString(STEPS[step]);
            text.append(name)
                    .append("_bucket{")
                    .append(labels)
                    .append(",le=\"")
                    .append(most)
                    .append("\"} ");
            text.append(count).append('\n');
        }
        text.append(name)
                .append("_sum{")
                .append(labels)
                .append("} ")
                .append(nanos.sum() / NANOS)
                .append('\n');
        text.append(name)
                .append("_count{")
                .append(labels)
                .append("} ")
                .append(count)
                .append('\n');
    }
}
