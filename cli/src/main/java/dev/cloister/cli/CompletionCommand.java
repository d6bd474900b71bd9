package dev.cloister.cli;

import dev.cloister.cli.session.CliContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = "Print a script that completes commands and options.",
        footer = {
            "",
            "bash: source <(cloister completion bash)",
            "zsh:  source <(cloister completion zsh)",
            "fish: cloister completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    private final CliContext context;

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var all = Commands.complete(context);
        switch (shell) {
            case BASH -> context.terminal().printVerbatim(AutoComplete.bash("cloister", all));
            case ZSH -> {
                context.terminal().printVerbatim("autoload -U +X bashcompinit && bashcompinit");
                context.terminal().printVerbatim(AutoComplete.bash("cloister", all));
            }
            case FISH -> fish(all, List.of()).forEach(context.terminal()::print);
        }
        return CommandLine.ExitCode.OK;
    }

    /** One line for each command and option below this one, valid once the commands above it have been typed. */
    private static List<String> fish(CommandLine line, List<String> typed) {
        var lines = new ArrayList<String>();
        var condition = typed.isEmpty()
                ? "__fish_use_subcommand"
                : "__fish_seen_subcommand_from " + String.join("; and __fish_seen_subcommand_from ", typed);
        line.getSubcommands().forEach((name, sub) -> {
            lines.add("complete -c cloister -f -n '%s' -a %s -d %s"
                    .formatted(
                            condition,
                            name,
                            quote(sub.getCommandSpec().usageMessage().description())));
            var deeper = new ArrayList<>(typed);
            deeper.add(name);
            lines.addAll(fish(sub, deeper));
        });
        for (var option : line.getCommandSpec().options()) {
            if (!option.hidden() && option.longestName().startsWith("--")) {
                lines.add("complete -c cloister -n '%s' -l %s -d %s"
                        .formatted(condition, option.longestName().substring(2), quote(option.description())));
            }
        }
        return lines;
    }

    private static String quote(String... description) {
        var first = description.length == 0 ? "" : description[0];
        return "'" + first.replace("'", "") + "'";
    }
}
