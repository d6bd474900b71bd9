package dev.cloister.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.contract.proof.SignedNote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCommandsTest {
    @TempDir
    Path directory;

    private NoteSigner key;
    private Cli cli;

    @BeforeEach
    void make() throws Exception {
        key = SmallLog.key();
        cli = new Cli(CliMain::run, directory);
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private Cli.Result verify(String export, String... more) throws Exception {
        var arguments = new java.util.ArrayList<>(java.util.List.of(
                "audit",
                "verify",
                write("export", export).toString(),
                "--key",
                key.key().toString()));
        arguments.addAll(java.util.List.of(more));
        return cli.run(arguments.toArray(String[]::new));
    }

    @Test
    void anExportIsVerifiedWithoutAServerAndTheFirstWrongIndexIsNamed() throws Exception {
        String export = new SmallLog(key, "e", 600).export();

        assertThat(verify(export).code()).as(verify(export).err()).isZero();
        assertThat(verify(export).out()).contains("Nothing was altered: 600 entries");
        var changed = verify(export.replace("\"e300\"", "\"x300\""));
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.err()).contains("ALTERED (changed): Index 300 is wrong");
        var deleted = verify(export.replaceFirst("\\{\"index\":301,.*\n", ""));
        assertThat(deleted.err()).contains("ALTERED (deleted): Index 301 is wrong");
        var forged = verify(new SmallLog(SmallLog.key(), "e", 600).export());
        assertThat(forged.err()).contains("ALTERED (forged_checkpoint)");
    }

    @Test
    void aLogThatDoesNotBeginWithAHeadSeenBeforeIsNamed() throws Exception {
        var log = new SmallLog(key, "e", 500);
        String seen = write("seen", log.note().toString()).toString();

        assertThat(verify(log.grow("e", 50).export(), "--seen", seen).code()).isZero();
        assertThat(verify(new SmallLog(key, "f", 600).export(), "--seen", seen).err())
                .contains("ALTERED (rewritten)");
        assertThat(verify(new SmallLog(key, "e", 400).export(), "--seen", seen).err())
                .contains("ALTERED (rolled_back)");
        assertThat(verify(log.export(), "--seen", write("no", "x").toString()).code())
                .isEqualTo(2);
    }

    @Test
    void aProofIsVerifiedWithNothingButTheKey() throws Exception {
        var log = new SmallLog(key, "e", 300);
        assertThat(verify(log.proof(77)).out()).contains("\"e77\"").contains("index 77");
        assertThat(verify(log.proof(77).replace("index 77", "index 78")).code()).isEqualTo(1);
        assertThat(verify("c2sp.org/tlog-proof@v1\ngarbage").code()).isEqualTo(1);
        assertThat(verify(log.proof(77), "--witness", key.key().toString()).code())
                .isEqualTo(2);
    }

    @Test
    void exportProofAndKeyComeFromTheServer() throws Exception {
        var log = new SmallLog(key, "e", 3);
        UUID event = UUID.randomUUID();
        try (var server = new FakeCloister()) {
            log.show(server);
            server.answer(
                    "GET",
                    SmallLog.LOG + "/proof/" + event,
                    new FakeCloister.Answer(
                            200, java.util.Map.of(), log.proof(1).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            cli.loggedInTo(server.url());
            Path target = directory.resolve("out.ndjson");

            assertThat(cli.run("audit", "export", "-o", target.toString()).code())
                    .isZero();
            assertThat(target).hasContent(log.export());
            assertThat(cli.run("audit", "key").out().strip())
                    .isEqualTo(key.key().toString());
            assertThat(cli.run("audit", "proof", event.toString(), "-o", "-").out())
                    .isEqualTo(log.proof(1));
            assertThat(cli.run("audit", "proof", "../x").code()).isEqualTo(2);
        }
    }

    private Cli.Result witness() {
        return cli.run(
                "audit",
                "witness",
                "--once",
                "--key",
                key.key().toString(),
                "--name",
                "witness.example",
                "--state",
                directory.resolve("witness").toString());
    }

    @Test
    void aWitnessCosignsWhatContinuesAndRefusesWhatDoesNot() throws Exception {
        try (var server = new FakeCloister()) {
            cli.loggedInTo(server.url());
            var log = new SmallLog(key, "e", 300);
            log.show(server);

            var first = witness();
            log.grow("e", 300).show(server);
            var second = witness();

            assertThat(first.code()).as(first.err()).isZero();
            assertThat(second.code()).as(second.err()).isZero();
            assertThat(second.out()).contains("Cosigned the head of 600 entries");
            var calls = server.calls("POST", SmallLog.LOG + "/cosignatures");
            assertThat(calls).hasSize(2);
            assertThat(SignedNote.lines(calls.getLast().text())).hasSize(1);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("witness/witness.key"))))
                    .isEqualTo("rw-------");

            new SmallLog(key, "e", 300).show(server);
            refuses("rolled_back");
            new SmallLog(key, "f", 600).show(server);
            refuses("forked");
            new SmallLog(key, "f", 700).show(server);
            refuses("rewritten");
            new SmallLog(SmallLog.key(), "e", 700).show(server);
            refuses("forged");
            log.show(server);
            assertThat(witness().code()).isZero();
        }
    }

    @Test
    void aForkForOneReaderIsFoundByTheWitnessAndByTheReader() throws Exception {
        try (var everybody = new FakeCloister();
                var oneReader = new FakeCloister()) {
            new SmallLog(key, "e", 300).grow("e", 300).show(everybody);
            var fork = new SmallLog(key, "e", 300).grow("x", 300);
            fork.show(oneReader);
            cli.loggedInTo(everybody.url());
            assertThat(witness().code()).isZero();
            String seen = directory.resolve("witness/checkpoint").toString();

            cli.loggedInTo(oneReader.url());
            Path shown = directory.resolve("shown.ndjson");
            assertThat(cli.run("audit", "export", "-o", shown.toString()).code())
                    .isZero();

            // by itself each of the two is a whole log, signed by the right key
            assertThat(verify(Files.readString(shown)).code()).isZero();
            assertThat(verify(Files.readString(shown), "--seen", seen).err()).contains("ALTERED (rewritten)");
            refuses("forked");
        }
    }

    private void refuses(String why) throws Exception {
        var refused = witness();
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("REFUSED (" + why + ")");
        try (var files = Files.list(directory.resolve("witness"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).anyMatch(name -> name.startsWith("refused-"));
        }
    }
}
