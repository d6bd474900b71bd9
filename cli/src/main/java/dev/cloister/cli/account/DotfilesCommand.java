package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import dev.cloister.cli.session.Settings;
import dev.cloister.cli.terminal.NobodyToAskException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Takes a person's own settings from a repository: runs the install script it has, or else links what begins with a dot
 * into the home. What stands in the way is kept under another name.
 */
@Command(
        name = "dotfiles",
        description = "Take your own settings from a git repository, in the workspace where this runs.",
        footer = {
            "",
            "Runs the first of these that the repository has and that can be run: install.sh, install, bootstrap.sh,",
            "bootstrap, script/bootstrap, setup.sh, setup, script/setup. Where there is none, every file whose name",
            "begins with a dot is linked into the home; a file that is in its place is kept with .bak at its end."
        })
public final class DotfilesCommand implements Callable<Integer> {
    private static final List<String> SCRIPTS = List.of(
            "install.sh",
            "install",
            "bootstrap.sh",
            "bootstrap",
            "script/bootstrap",
            "setup.sh",
            "setup",
            "script/setup");
    private static final Set<String> NOT_LINKED = Set.of(".git", ".github", ".gitlab-ci.yml", ".gitmodules");

    private final CliContext context;

    @Parameters(index = "0", paramLabel = "REPOSITORY", description = "What git clones: a URL or a path.")
    private String repository = "";

    @Option(
            names = {"-b", "--branch"},
            paramLabel = "BRANCH",
            description = "The branch to take. Default: that of the repository.")
    private String branch = "";

    @Option(
            names = "--repo-dir",
            paramLabel = "DIR",
            description = "Where the clone is kept. Default: dotfiles below the configuration's directory.")
    private String directory = "";

    @Option(names = "--symlink-dir", paramLabel = "DIR", description = "Where links are made. Default: the home.")
    private String linksIn = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    public DotfilesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException, NobodyToAskException {
        if (repository.startsWith("-") || branch.startsWith("-")) {
            throw CommandException.usage("A repository or branch cannot begin with a dash.");
        }
        Path clone =
                directory.isEmpty() ? context.settings().config().path().resolve("dotfiles") : context.path(directory);
        if (!consent.given()
                && !context.terminal()
                        .confirm("Take settings from " + repository + ", and run what it has for that?")) {
            throw CommandException.failure("Nothing was changed.");
        }
        fetch(clone);
        for (String script : SCRIPTS) {
            if (Files.isExecutable(clone.resolve(script)) && Files.isRegularFile(clone.resolve(script))) {
                context.terminal().say("Running " + script + " ...");
                run(clone, List.of(clone.resolve(script).toString()));
                context.terminal().print("Your settings are in place.");
                return 0;
            }
        }
        int linked = link(clone, linksIn.isEmpty() ? context.home() : context.path(linksIn));
        context.terminal().print("Your settings are in place: " + linked + (linked == 1 ? " link." : " links."));
        return 0;
    }

    private void fetch(Path clone) throws IOException, CommandException {
        if (Files.isDirectory(clone.resolve(".git"))) {
            if (!branch.isEmpty()) {
                run(clone, List.of("git", "checkout", "--quiet", branch, "--"));
            }
            run(clone, List.of("git", "pull", "--quiet", "--ff-only"));
            return;
        }
        Files.createDirectories(clone.toAbsolutePath().getParent());
        var words = new ArrayList<>(List.of("git", "clone", "--quiet"));
        if (!branch.isEmpty()) {
            words.addAll(List.of("--branch", branch));
        }
        words.addAll(List.of("--", repository, clone.toString()));
        run(context.path("."), words);
    }

    /** Links into the home what begins with a dot; a link that is there already stays. */
    private static int link(Path clone, Path home) throws IOException {
        int linked = 0;
        Files.createDirectories(home);
        try (var files = Files.list(clone)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") || NOT_LINKED.contains(name)) {
                    continue;
                }
                Path place = home.resolve(name);
                if (Files.isSymbolicLink(place)) {
                    Files.delete(place);
                } else if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(place, unused(home, name));
                }
                Files.createSymbolicLink(place, file);
                linked++;
            }
        }
        return linked;
    }

    private static Path unused(Path home, String name) {
        Path kept = home.resolve(name + ".bak");
        for (int n = 1; Files.exists(kept, LinkOption.NOFOLLOW_LINKS); n++) {
            kept = home.resolve(name + ".bak" + n);
        }
        return kept;
    }

    private static void run(Path directory, List<String> words) throws IOException, CommandException {
        Process process;
        try {
            var prepared =
                    new ProcessBuilder(words).directory(directory.toFile()).inheritIO();
            Settings.removeToken(prepared.environment()); // a repository is not handed the session
            process = prepared.start();
        } catch (IOException absent) {
            throw CommandException.failure(words.getFirst() + " cannot be run: " + absent.getMessage());
        }
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw CommandException.failure(words.getFirst() + " failed with " + code + ".");
            }
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("It was interrupted.");
        }
    }
}
