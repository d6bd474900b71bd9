package dev.cloister.cli.provisioner;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code provisioner}. */
public final class ProvisionerCommands {
    private ProvisionerCommands() {}

    public static CommandLine line(CliContext context) {
        var jobs = CommandGroup.of("What provisioners have done and are to do.")
                .addSubcommand("list", new JobListCommand(context), "ls")
                .addSubcommand("cancel", new JobCancelCommand(context));
        return CommandGroup.of("See what builds workspaces and templates.")
                .addSubcommand("list", new ProvisionerListCommand(context), "ls")
                .addSubcommand("jobs", jobs, "job");
    }
}
