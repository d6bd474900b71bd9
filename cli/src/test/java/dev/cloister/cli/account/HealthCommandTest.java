package dev.cloister.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthCommandTest {
    @TempDir
    Path directory;

    @Test
    void aPartThatDoesNotWorkIsNamedAndFailsTheCommand() throws Exception {
        try (var server = new FakeCloister()) {
            var cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
            server.answer("GET", "/api/v2/debug/health", report("ok"));
            var well = cli.run("health");
            assertThat(well.code()).as(well.err()).isZero();
            assertThat(well.out())
                    .as("of a server that does not look at the audit log")
                    .doesNotContain("Audit log");

            server.answer("GET", "/api/v2/debug/health", report("error"));
            var sick = cli.run("health");
            assertThat(sick.code()).isEqualTo(1);
            assertThat(sick.out())
                    .contains("Database           error  EDB01: slow")
                    .doesNotContain("\033");
            var ofToday = report("ok");
            ofToday.put("audit_log", log());
            server.answer("GET", "/api/v2/debug/health", ofToday);
            assertThat(cli.run("health").out()).contains("Audit log          warning  EAL02: behind");

            server.answer("GET", "/api/v2/debug/health", report("error"));
            assertThat(cli.run("health", "-o", "json").out()).contains("\"severity\" : \"error\"");
        }
    }

    private static Map<String, Object> report(String database) {
        var report = new HashMap<String, Object>();
        for (var part : List.of("derp", "access_url", "websocket", "workspace_proxy", "provisioner_daemons")) {
            report.put(part, sound(part));
        }
        var warnings = database.equals("ok") ? List.of() : List.of(Map.of("code", "EDB01", "message", "s\033[31mlow"));
        report.put("database", Map.of("severity", database, "warnings", warnings, "latency", "1ms"));
        report.put("severity", database);
        report.put("healthy", database.equals("ok"));
        report.put("time", "2026-01-02T03:04:05Z");
        report.put("coder_version", "v1");
        return report;
    }

    private static Map<String, Object> log() {
        return Map.of(
                "severity",
                "warning",
                "warnings",
                List.of(Map.of("code", "EAL02", "message", "behind")),
                "dismissed",
                false,
                "healthy",
                true,
                "sentence",
                "The log is behind.",
                "entries",
                5,
                "waiting",
                3,
                "checkpoint_age_seconds",
                9);
    }

    private static Map<String, Object> sound(String part) {
        var sound = new HashMap<String, Object>(Map.of("severity", "ok", "healthy", true, "warnings", List.of()));
        switch (part) {
            case "derp" -> sound.put("regions", Map.of());
            case "access_url" -> sound.putAll(Map.of("access_url", "", "healthz_response", "OK"));
            case "websocket" -> sound.put("body", "");
            case "workspace_proxy" -> sound.put("workspace_proxies", Map.of("regions", List.of()));
            default -> sound.put("items", List.of());
        }
        return sound;
    }
}
