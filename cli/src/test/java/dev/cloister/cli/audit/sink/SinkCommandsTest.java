package dev.cloister.cli.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.contract.api.AuditSink;
import dev.cloister.contract.api.AuditSinkTrial;
import dev.cloister.contract.api.CreateAuditSinkRequest;
import dev.cloister.contract.api.UpdateAuditSinkRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SinkCommandsTest {
    private static final String SINKS = "/api/v2/audit/sinks";
    private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", SINKS, List.of(sink("soc", "failing", "answered \033[2J500"), sink("archive", "ok", "")));
        server.on("POST", SINKS, call -> {
            var wanted = call.as(CreateAuditSinkRequest.class);
            return FakeCloister.Answer.json(201, sink(wanted.name(), "ok", ""));
        });
        server.on("PATCH", SINKS + "/" + ID, call -> sink("soc", "paused", ""));
        server.answer("DELETE", SINKS + "/" + ID, Map.of());
        server.answer("POST", SINKS + "/" + ID + "/test", new AuditSinkTrial(false, "the receiver answered 401"));
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static AuditSink sink(String name, String state, String error) {
        return new AuditSink(
                ID,
                name,
                "webhook",
                "json",
                true,
                Map.of("url", "https://soc.example.com"),
                List.of("signing_secret"),
                state,
                7,
                3,
                42,
                error.isEmpty() ? 0 : 4,
                error,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    @Test
    void sinksAreListedWithTheirLagAndNothingCommandsTheTerminal() {
        var listed = cli.run("audit", "sinks", "list");
        assertThat(listed.out()).contains("soc", "failing", "42 s", "500").doesNotContain("\033");
        assertThat(cli.run("audit", "sinks", "list", "-o", "json").out()).contains("\"lag_events\" : 3");
    }

    @Test
    void aStatusThatIsNotGoodEndsWithOne() {
        assertThat(cli.run("audit", "sinks", "status", "soc").code()).isEqualTo(1);
        var good = cli.run("audit", "sinks", "status", "archive");
        assertThat(good.code()).as(good.err()).isZero();
        assertThat(good.out()).contains("https://soc.example.com", "(secret)");
        assertThat(cli.run("audit", "sinks", "status", "none").code()).isEqualTo(1);
    }

    @Test
    void secretsComeFromFilesAndNotFromTheCommandLine() throws Exception {
        Path secret = Files.writeString(directory.resolve("token"), "the-token\n");
        var made = cli.run(
                "audit",
                "sinks",
                "create",
                "soc",
                "--transport",
                "splunk",
                "--set",
                "url=https://splunk.example.com:8088",
                "--secret-file",
                "token=" + secret,
                "--paused");
        assertThat(made.code()).as(made.err()).isZero();
        var sent = server.calls().getLast().as(CreateAuditSinkRequest.class);
        assertThat(sent.enabled()).isFalse();
        assertThat(sent.settings()).containsEntry("url", "https://splunk.example.com:8088");
        assertThat(Objects.requireNonNull(sent.secrets()).get("token").reveal()).isEqualTo("the-token");
        assertThat(cli.run("audit", "sinks", "create", "x", "--transport", "splunk", "--secret", "token")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aSinkIsPausedTestedAndDeleted() {
        assertThat(cli.run("audit", "sinks", "pause", "soc").out()).contains("rests");
        assertThat(server.calls().getLast().as(UpdateAuditSinkRequest.class).enabled())
                .isFalse();
        var tested = cli.run("audit", "sinks", "test", "soc");
        assertThat(tested.code()).isEqualTo(1);
        assertThat(tested.err()).contains("401");
        assertThat(cli.run("audit", "sinks", "delete", "soc", "--yes").code()).isZero();
        assertThat(server.calls().getLast().method()).isEqualTo("DELETE");
    }
}
