package dev.cloister.server.deployment;

import dev.cloister.server.platform.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Looks into the running server: one look at a time, because looking slows it down. */
final class Profiles {
    private final Semaphore turn = new Semaphore(1);

    /**
     * What the server does for a while, as a recording of JDK Flight Recorder.
     *
     * @throws Failure.Conflict where another recording runs
     */
    byte[] record(Duration duration) {
        if (!turn.tryAcquire()) {
            throw new Failure.Conflict("Another profile is being made. Try again when it has ended.");
        }
        try {
            return recording(duration);
        } catch (IOException | ParseException e) {
            throw new Failure.Unavailable("The profile could not be made: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable("The profile was interrupted.");
        } finally {
            turn.release();
        }
    }

    private static byte[] recording(Duration duration) throws IOException, ParseException, InterruptedException {
        Path file = Files.createTempFile("cloister-profile", ".jfr");
        try (var recording = new Recording(Configuration.getConfiguration("profile"))) {
            // What is in environment and properties may be somebody's secret.
            recording.disable("jdk.InitialEnvironmentVariable");
            recording.disable("jdk.InitialSystemProperty");
            recording.start();
            Thread.sleep(duration);
            recording.stop();
            recording.dump(file);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Recording, threads and memory in one archive. */
    byte[] archive(Duration duration) {
        var entries = Map.of(
                "recording.jfr", record(duration),
                "threads.txt", threads().getBytes(StandardCharsets.UTF_8),
                "memory.txt", memory().getBytes(StandardCharsets.UTF_8));
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String threads() {
        var text = new StringBuilder();
        for (var thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            text.append(thread);
        }
        return text.toString();
    }

    private static String memory() {
        var text = new StringBuilder();
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
            text.append(pool.getName()).append(": ").append(pool.getUsage()).append('\n');
        }
        return text.toString();
    }

    /** Numbers about the running process. */
    static Map<String, Object> numbers() {
        var memory = ManagementFactory.getMemoryMXBean();
        var threads = ManagementFactory.getThreadMXBean();
        return Map.of(
                "uptime_ms", ManagementFactory.getRuntimeMXBean().getUptime(),
                "heap_used_bytes", memory.getHeapMemoryUsage().getUsed(),
                "heap_committed_bytes", memory.getHeapMemoryUsage().getCommitted(),
                "other_used_bytes", memory.getNonHeapMemoryUsage().getUsed(),
                "platform_threads", threads.getThreadCount(),
                "platform_threads_peak", threads.getPeakThreadCount(),
                "processors", Runtime.getRuntime().availableProcessors(),
                "java", System.getProperty("java.version", ""));
    }
}
