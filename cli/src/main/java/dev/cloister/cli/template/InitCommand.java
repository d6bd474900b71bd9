package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Begin a template: write a workspace.yaml to change and push.")
final class InitCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where to. Default: this directory.")
    private String directory = ".";

    InitCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var target = context.path(directory);
        var file = target.resolve("workspace.yaml");
        Files.createDirectories(target);
        try (var starter = Objects.requireNonNull(InitCommand.class.getResourceAsStream("starter.yaml"))) {
            Files.write(file, starter.readAllBytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException exists) {
            throw CommandException.failure("There is a " + file + " already.");
        }
        context.terminal()
                .print("Change " + file + ", then run `cloister templates push --directory " + directory + "`.");
        return 0;
    }
}
