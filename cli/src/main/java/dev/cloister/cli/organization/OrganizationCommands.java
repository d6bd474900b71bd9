package dev.cloister.cli.organization;

import dev.cloister.cli.role.RoleCommands;
import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code organizations}. */
public final class OrganizationCommands {
    private OrganizationCommands() {}

    public static CommandLine line(CliContext context) {
        var members = CommandGroup.of("Say who is in an organization, and what they may do there.")
                .addSubcommand("list", new MemberListCommand(context), "ls")
                .addSubcommand("add", new MemberAddCommand(context))
                .addSubcommand("remove", new MemberRemoveCommand(context), "rm")
                .addSubcommand("edit-roles", new MemberRolesCommand(context), "edit-role");
        return CommandGroup.of("Make organizations and look after them.")
                .addSubcommand("list", new OrganizationListCommand(context), "ls")
                .addSubcommand("show", new OrganizationShowCommand(context))
                .addSubcommand("create", new OrganizationCreateCommand(context))
                .addSubcommand("edit", new OrganizationEditCommand(context))
                .addSubcommand("delete", new OrganizationDeleteCommand(context), "rm")
                .addSubcommand("members", members, "member")
                .addSubcommand("roles", RoleCommands.ofOrganization(context), "role")
                .addSubcommand("settings", SharingSettingsCommand.settings(context), "setting");
    }
}
