package dev.cloister.cli.role;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.CommandGroup;
import dev.cloister.cli.session.ConsentOption;
import dev.cloister.cli.session.JsonInput;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.AssignableRoles;
import dev.cloister.contract.api.CustomRoleRequest;
import dev.cloister.contract.api.Permission;
import dev.cloister.contract.client.RoleCalls;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a custom role, or changes one. */
@Command
final class RoleWriteCommand implements Callable<Integer> {
    private final CliContext context;
    private final boolean creates;

    @Parameters(paramLabel = "ROLE", description = "The name of the role.")
    private String name = "";

    @Option(
            names = "--stdin",
            description = "Read the role from the standard input, as the JSON that `show ROLE -o json` prints.")
    private boolean stdin;

    @Option(names = "--dry-run", description = "Print what the role would be, and change nothing.")
    private boolean dryRun;

    @Mixin
    private PermissionOptions permissions = new PermissionOptions();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private RolePlace place;

    @Mixin
    private OutputOptions output = new OutputOptions();

    private RoleWriteCommand(CliContext context, RolePlace place, boolean creates) {
        this.context = context;
        this.place = place;
        this.creates = creates;
    }

    static CommandLine create(CliContext context, RolePlace place) {
        return CommandGroup.described(
                new CommandLine(new RoleWriteCommand(context, place, true)), "Make a custom role.");
    }

    static CommandLine update(CliContext context, RolePlace place) {
        return CommandGroup.described(
                new CommandLine(new RoleWriteCommand(context, place, false)),
                "Change a custom role for everybody who has it.");
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (!stdin && permissions.none()) {
            throw CommandException.usage("What should the role be? Give its permissions as options, or add --stdin.");
        }
        try (var client = context.client()) {
            var roles = place.in(context, client);
            var role = permissions.over(stdin ? fromInput() : before(roles));
            if (!dryRun) {
                context.askIfAttended(consent.given(), (creates ? "Make" : "Change") + " the role " + name + "?");
                var made = creates ? roles.create(role) : roles.update(role);
                role = new CustomRoleRequest(
                        made.name(),
                        made.displayName(),
                        made.sitePermissions(),
                        made.userPermissions(),
                        made.organizationPermissions(),
                        made.organizationMemberPermissions());
            }
            if (!output.json(context.terminal(), role)) {
                print(role);
            }
        }
        return 0;
    }

    private CustomRoleRequest fromInput() throws IOException, CommandException {
        var given = JsonInput.read(context, CustomRoleRequest.class);
        if (!given.name().isEmpty() && !given.name().equals(name)) {
            throw CommandException.usage(
                    "The role on the standard input is called \"" + given.name() + "\" and not \"" + name + "\".");
        }
        return new CustomRoleRequest(
                name,
                given.displayName(),
                given.sitePermissions(),
                given.userPermissions(),
                given.organizationPermissions(),
                given.organizationMemberPermissions());
    }

    private CustomRoleRequest before(RoleCalls roles) throws IOException, CommandException {
        Optional<AssignableRoles> known =
                roles.list().stream().filter(role -> role.name().equals(name)).findFirst();
        if (creates) {
            if (known.isPresent()) {
                throw CommandException.failure("There is a role \"" + name + "\" already. Use update to change it.");
            }
            return new CustomRoleRequest(name, "", List.of(), List.of(), List.of(), List.of());
        }
        var role = known.orElseThrow(() -> CommandException.failure("There is no role \"" + name + "\" here."));
        if (role.builtIn()) {
            throw CommandException.failure("The role " + name + " is built in and cannot be changed.");
        }
        return new CustomRoleRequest(
                name,
                role.displayName(),
                role.sitePermissions(),
                role.userPermissions(),
                role.organizationPermissions(),
                role.organizationMemberPermissions());
    }

    private void print(CustomRoleRequest role) {
        var table = new Table("ROLE", role.name()).row("Display name", role.displayName());
        row(table, "Site", role.sitePermissions());
        row(table, "User", role.userPermissions());
        row(table, "Organization", role.organizationPermissions());
        row(table, "Member", role.organizationMemberPermissions());
        context.terminal().print(table);
        context.terminal().say(dryRun ? "Nothing was changed." : "The role " + role.name() + " is stored.");
    }

    private static void row(Table table, String title, List<Permission> permissions) {
        if (!permissions.isEmpty()) {
            table.row(title, permissions.stream().map(PermissionText::of).collect(Collectors.joining(" ")));
        }
    }
}
