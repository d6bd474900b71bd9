package dev.cloister.cli.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.api.ProvisionerDaemon;
import dev.cloister.contract.api.ProvisionerDaemonStatus;
import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.api.ProvisionerJobInput;
import dev.cloister.contract.api.ProvisionerJobStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProvisionerCommandsTest {
    private static final String ORGANIZATION = "/api/v2/organizations/" + Samples.ORGANIZATION;
    private static final String CANCEL = "/api/v2/workspacebuilds/" + Samples.BUILD + "/cancel";

    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        server.answer("GET", "/api/v2/users/me/organizations", List.of(Samples.organization()));
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void provisionersAreListed() {
        var daemon = new ProvisionerDaemon(
                new UUID(11, 1),
                Samples.ORGANIZATION,
                new UUID(0, 1),
                Samples.TIME,
                Samples.TIME,
                "embedded-1",
                "0.1.0",
                "1.0",
                List.of("sandbox"),
                Map.of("scope", "organization", "owner", ""),
                null,
                ProvisionerDaemonStatus.IDLE,
                null,
                null);
        server.answer("GET", ORGANIZATION + "/provisionerdaemons", List.of(daemon));
        var result = cli.run("provisioner", "list", "-c", "name,status,tags", "--show-offline");
        assertThat(result.out().lines())
                .containsExactly("NAME        STATUS  TAGS", "embedded-1  idle    owner= scope=organization");
        assertThat(server.calls("GET", ORGANIZATION + "/provisionerdaemons")
                        .getFirst()
                        .query())
                .isEqualTo("limit=50&offline=true");
    }

    @Test
    void jobsAreListedByStateAndInitiator() {
        server.answer(
                "GET",
                ORGANIZATION + "/provisionerjobs",
                List.of(Samples.job(ProvisionerJobStatus.FAILED, "no such image")));
        var result =
                cli.run("provisioner", "jobs", "list", "-s", "failed,canceled", "-i", "me", "-c", "status,error,type");
        assertThat(result.out().lines())
                .containsExactly("STATUS  ERROR          TYPE", "failed  no such image  workspace_build");
        assertThat(server.calls("GET", ORGANIZATION + "/provisionerjobs")
                        .getFirst()
                        .query())
                .isEqualTo("limit=50&status=failed,canceled&initiator=me");
    }

    @Test
    void aBuildIsCanceledByItsJob() {
        var job = building(Samples.job(ProvisionerJobStatus.RUNNING, ""));
        server.answer("GET", ORGANIZATION + "/provisionerjobs/" + job.id(), job);
        server.answer("PATCH", CANCEL, Map.of("message", "canceled"));
        var result = cli.run("provisioner", "jobs", "cancel", job.id().toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(server.calls("PATCH", CANCEL)).hasSize(1);
        assertThat(cli.run("provisioner", "jobs", "cancel", "nonsense").code()).isEqualTo(2);
    }

    private static ProvisionerJob building(ProvisionerJob job) {
        return new ProvisionerJob(
                job.id(),
                job.createdAt(),
                job.startedAt(),
                null,
                null,
                "",
                "",
                job.status(),
                null,
                "",
                job.fileId(),
                job.tags(),
                0,
                0,
                job.organizationId(),
                job.initiatorId(),
                new ProvisionerJobInput(null, Samples.BUILD, ""),
                job.type(),
                List.of(),
                job.metadata(),
                false);
    }
}
