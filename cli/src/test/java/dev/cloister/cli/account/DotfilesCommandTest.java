package dev.cloister.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real git. */
final class DotfilesCommandTest {
    @TempDir
    Path directory;

    private Path repository;
    private Path home;
    private Cli cli;

    @BeforeEach
    void start() throws Exception {
        repository = Files.createDirectories(directory.resolve("repository"));
        home = Files.createDirectories(directory.resolve("home"));
        git("init", "-q", "-b", "main");
        git("config", "user.email", "somebody@example.com");
        git("config", "user.name", "Somebody");
        cli = new Cli(CliMain::run, directory);
    }

    @Test
    void filesWithADotAreLinkedAndWhatWasThereIsKept() throws Exception {
        Files.writeString(repository.resolve(".profile"), "mine\n");
        Files.writeString(repository.resolve("README"), "not linked\n");
        Files.writeString(home.resolve(".profile"), "before\n");
        commit();
        var result = take();
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(home.resolve(".profile")).isSymbolicLink().content().isEqualTo("mine\n");
        assertThat(home.resolve(".profile.bak")).content().isEqualTo("before\n");
        assertThat(home.resolve("README")).doesNotExist();
        assertThat(home.resolve(".git")).doesNotExist();

        Files.writeString(repository.resolve(".profile"), "newer\n");
        commit();
        assertThat(take().code()).isZero();
        assertThat(home.resolve(".profile")).content().isEqualTo("newer\n");
        assertThat(home.resolve(".profile.bak1")).doesNotExist();
    }

    @Test
    void anInstallScriptIsRunInPlaceOfLinking() throws Exception {
        var script = Files.writeString(repository.resolve("install.sh"), "#!/bin/sh\necho done > ../../ran\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.writeString(repository.resolve(".profile"), "mine\n");
        commit();
        assertThat(take().code()).isZero();
        assertThat(directory.resolve("ran")).content().isEqualTo("done\n");
        assertThat(home.resolve(".profile")).doesNotExist();
    }

    @Test
    void withoutConsentAndWithAnOptionForGitNothingIsDone() throws Exception {
        commit();
        assertThat(cli.run("dotfiles", repository.toString()).code()).isNotZero();
        assertThat(cli.run("dotfiles", "-y", "--", "--upload-pack=x").code()).isEqualTo(2);
        assertThat(cli.config().resolve("dotfiles")).doesNotExist();
    }

    private Cli.Result take() {
        return cli.run("dotfiles", "-y", repository.toString());
    }

    private void commit() throws Exception {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", "change");
    }

    private void git(String... words) throws Exception {
        var all = new ArrayList<>(List.of("git"));
        all.addAll(List.of(words));
        assertThat(new ProcessBuilder(all)
                        .directory(repository.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
