package dev.cloister.cli;

import dev.cloister.cli.account.AccessTokenCommand;
import dev.cloister.cli.account.DotfilesCommand;
import dev.cloister.cli.account.HealthCommand;
import dev.cloister.cli.account.PublicKeyCommand;
import dev.cloister.cli.account.QuotaCommand;
import dev.cloister.cli.account.SecretCommands;
import dev.cloister.cli.account.TokenCommands;
import dev.cloister.cli.account.UserCommands;
import dev.cloister.cli.audit.AuditCommand;
import dev.cloister.cli.group.GroupCommands;
import dev.cloister.cli.login.LoginCommand;
import dev.cloister.cli.login.LogoutCommand;
import dev.cloister.cli.login.VersionCommand;
import dev.cloister.cli.login.WhoAmICommand;
import dev.cloister.cli.notification.NotificationCommands;
import dev.cloister.cli.organization.OrganizationCommands;
import dev.cloister.cli.provisioner.ProvisionerCommands;
import dev.cloister.cli.role.RoleCommands;
import dev.cloister.cli.schedule.ScheduleCommands;
import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.sharing.SharingCommands;
import dev.cloister.cli.ssh.ConfigSshCommand;
import dev.cloister.cli.ssh.PingCommand;
import dev.cloister.cli.ssh.PortForwardCommand;
import dev.cloister.cli.ssh.SpeedTestCommand;
import dev.cloister.cli.ssh.SshCommand;
import dev.cloister.cli.template.TemplateCommands;
import dev.cloister.cli.workspace.AutoUpdateCommand;
import dev.cloister.cli.workspace.CreateCommand;
import dev.cloister.cli.workspace.DeleteCommand;
import dev.cloister.cli.workspace.FavoriteCommand;
import dev.cloister.cli.workspace.ListCommand;
import dev.cloister.cli.workspace.LogsCommand;
import dev.cloister.cli.workspace.OpenCommands;
import dev.cloister.cli.workspace.RenameCommand;
import dev.cloister.cli.workspace.RestartCommand;
import dev.cloister.cli.workspace.ShowCommand;
import dev.cloister.cli.workspace.StartCommand;
import dev.cloister.cli.workspace.StopCommand;
import dev.cloister.cli.workspace.UpdateCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * All commands by name. A command line is made with the one command that the arguments name, because looking at the
 * options of all of them would take longer than most commands do; help and completion see them all.
 */
final class Commands {
    private record Entry(List<String> names, Function<CliContext, CommandLine> maker) {}

    private static final List<Entry> ALL = List.of(
            entry(LoginCommand::line, "login"),
            entry(context -> new CommandLine(new LogoutCommand(context)), "logout"),
            entry(context -> new CommandLine(new WhoAmICommand(context)), "whoami"),
            entry(TemplateCommands::line, "templates", "template"),
            entry(context -> new CommandLine(new CreateCommand(context)), "create"),
            entry(context -> new CommandLine(new ListCommand(context)), "list", "ls"),
            entry(context -> new CommandLine(new ShowCommand(context)), "show"),
            entry(context -> new CommandLine(new StartCommand(context)), "start"),
            entry(context -> new CommandLine(new StopCommand(context)), "stop"),
            entry(context -> new CommandLine(new RestartCommand(context)), "restart"),
            entry(context -> new CommandLine(new UpdateCommand(context)), "update"),
            entry(context -> new CommandLine(new RenameCommand(context)), "rename"),
            entry(context -> new CommandLine(new DeleteCommand(context)), "delete", "rm"),
            entry(ScheduleCommands::line, "schedule"),
            entry(SharingCommands::line, "sharing", "share"),
            entry(FavoriteCommand::favorite, "favorite", "fav", "favourite"),
            entry(FavoriteCommand::unfavorite, "unfavorite", "unfav", "unfavourite"),
            entry(context -> new CommandLine(new AutoUpdateCommand(context)), "autoupdate"),
            entry(context -> new CommandLine(new LogsCommand(context)), "logs"),
            entry(OpenCommands::line, "open"),
            entry(SshCommand::line, "ssh"),
            entry(context -> new CommandLine(new ConfigSshCommand(context)), "config-ssh"),
            entry(context -> new CommandLine(new PortForwardCommand(context)), "port-forward"),
            entry(context -> new CommandLine(new PingCommand(context)), "ping"),
            entry(context -> new CommandLine(new SpeedTestCommand(context)), "speedtest"),
            entry(context -> new CommandLine(new DotfilesCommand(context)), "dotfiles"),
            entry(TokenCommands::line, "tokens", "token"),
            entry(UserCommands::line, "users", "user"),
            entry(OrganizationCommands::line, "organizations", "organization", "orgs", "org"),
            entry(GroupCommands::line, "groups", "group"),
            entry(RoleCommands::ofSite, "roles", "role"),
            entry(ProvisionerCommands::line, "provisioner", "provisioners"),
            entry(context -> new CommandLine(new PublicKeyCommand(context)), "publickey"),
            entry(AccessTokenCommand::line, "external-auth"),
            entry(SecretCommands::line, "secret", "secrets"),
            entry(context -> new CommandLine(new QuotaCommand(context)), "quota"),
            entry(NotificationCommands::line, "notifications", "notification"),
            entry(AuditCommand::line, "audit"),
            entry(context -> new CommandLine(new HealthCommand(context)), "health"),
            entry(context -> new CommandLine(new CompletionCommand(context)), "completion"),
            entry(context -> new CommandLine(new VersionCommand(context)), "version"));

    private Commands() {}

    private static Entry entry(Function<CliContext, CommandLine> maker, String... names) {
        return new Entry(List.of(names), maker);
    }

    /** A command line that understands these arguments. */
    static CommandLine lineFor(CliContext context, String... arguments) {
        var root = new CommandLine(new RootCommand(context));
        named(arguments)
                .ifPresentOrElse(
                        found -> add(root, found, context), () -> ALL.forEach(entry -> add(root, entry, context)));
        return prepared(root, context);
    }

    /** A command line with every command. */
    static CommandLine complete(CliContext context) {
        var root = new CommandLine(new RootCommand(context));
        ALL.forEach(entry -> add(root, entry, context));
        return prepared(root, context);
    }

    private static void add(CommandLine root, Entry entry, CliContext context) {
        var aliases = entry.names().subList(1, entry.names().size()).toArray(String[]::new);
        root.addSubcommand(entry.names().getFirst(), entry.maker().apply(context), aliases);
    }

    private static CommandLine prepared(CommandLine root, CliContext context) {
        var failures = new Failures(context);
        var terminal = context.terminal();
        root.getCommandSpec().version("cloister " + VersionCommand.version());
        return root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.interactive() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(terminal.interactive())
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /** The first argument that is not an option of the root command, nor its value. */
    private static Optional<Entry> named(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            if (argument.equals("--url") || argument.equals("--config-dir")) {
                i++;
            } else if (!argument.startsWith("-")) {
                return ALL.stream()
                        .filter(entry -> entry.names().contains(argument))
                        .findFirst();
            }
        }
        return Optional.empty();
    }
}
