package dev.cloister.cli;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.FailureText;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.cli.terminal.PlainText;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into lines that say why and what to do, and into an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final CliContext context;

    Failures(CliContext context) {
        this.context = context;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        FailureText.lines(failure, context).forEach(context.terminal()::say);
        return switch (failure) {
            case CommandException known -> known.exitCode();
            case NobodyToAskException nobody -> CommandException.USAGE;
            default -> CommandException.FAILURE;
        };
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        var line = failure.getCommandLine();
        context.terminal().say(reason(failure));
        UnmatchedArgumentException.printSuggestions(failure, line.getErr());
        context.terminal().say("See `" + line.getCommandSpec().qualifiedName() + " --help`.");
        return CommandException.USAGE;
    }

    /** A word that is no command is the first that nobody expected, of a command that has others below it. */
    private static String reason(ParameterException failure) {
        return failure instanceof UnmatchedArgumentException unmatched
                        && !failure.getCommandLine().getSubcommands().isEmpty()
                        && !unmatched.getUnmatched().getFirst().startsWith("-")
                ? "There is no command \""
                        + PlainText.of(unmatched.getUnmatched().getFirst()) + "\"."
                : FailureText.reason(failure);
    }
}
