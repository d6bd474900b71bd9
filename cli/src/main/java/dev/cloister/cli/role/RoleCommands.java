package dev.cloister.cli.role;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands for roles, which are the same for the deployment and for an organization. */
public final class RoleCommands {
    private RoleCommands() {}

    /** The commands under {@code roles}. */
    public static CommandLine ofSite(CliContext context) {
        return line(context, RolePlace.Site::new, "Look after the roles of the whole deployment.");
    }

    /** The commands under {@code organizations roles}. */
    public static CommandLine ofOrganization(CliContext context) {
        return line(context, RolePlace.InOrganization::new, "Look after the roles of an organization.");
    }

    private static CommandLine line(CliContext context, Supplier<RolePlace> place, String description) {
        return CommandGroup.of(description)
                .addSubcommand("show", new RoleShowCommand(context, place.get()), "list", "ls")
                .addSubcommand("create", RoleWriteCommand.create(context, place.get()))
                .addSubcommand("update", RoleWriteCommand.update(context, place.get()))
                .addSubcommand("delete", new RoleDeleteCommand(context, place.get()), "rm");
    }
}
