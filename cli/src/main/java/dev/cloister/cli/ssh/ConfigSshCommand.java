package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "config-ssh",
        description =
                "Set up OpenSSH, so that `ssh dev.cloister` (and scp, sftp, rsync, editors) reach your workspaces.")
public final class ConfigSshCommand implements Callable<Integer> {
    private static final String DEFAULT_SUFFIX = "cloister";
    private final CliContext context;

    @Option(
            names = "--ssh-config-file",
            paramLabel = "FILE",
            description = "The file to change. Default: ~/.ssh/config.")
    private String file = "";

    @Option(
            names = "--hostname-suffix",
            paramLabel = "SUFFIX",
            description = "How the host names end. Default: what the server says, else cloister.")
    private String suffix = "";

    @Option(
            names = "--ssh-option",
            paramLabel = "NAME=VALUE",
            description = "A further option for these hosts. Repeat it for several.")
    private List<String> options = List.of();

    @Option(names = "--remove", description = "Take the section out again.")
    private boolean remove;

    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    public ConfigSshCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var path = file.isEmpty() ? context.home().resolve(".ssh").resolve("config") : context.path(file);
        var before = SshConfigFile.read(path);
        var section = remove ? List.<String>of() : section();
        var after = before.with(section);
        var terminal = context.terminal();
        if (after.sameAs(before)) {
            terminal.say(before.path() + " is as it should be. Nothing was changed.");
            return 0;
        }
        difference(before.section(), section).forEach(terminal::print);
        if (dryRun) {
            terminal.say("Nothing was changed. Without --dry-run, " + before.path() + " changes as shown.");
            return 0;
        }
        if (terminal.interactive()) {
            context.requireConsent(yes, "Change " + before.path() + " as shown?", "--yes");
        }
        after.write();
        terminal.say(before.path() + " is changed.");
        if (!remove && context.settings().config().session().isEmpty()) {
            terminal.say(
                    "Run `cloister login` too: ssh cannot use a session that is only in this shell's environment.");
        }
        return 0;
    }

    private List<String> section() throws IOException, CommandException {
        try (var client = context.client()) {
            var wishes = client.sshConfig();
            var wishedSuffix = wishes.hostnameSuffix().isEmpty() ? DEFAULT_SUFFIX : wishes.hostnameSuffix();
            var ownSuffix = SshText.suffix(suffix.isEmpty() ? wishedSuffix : suffix);
            var serverOptions = new ServerSshOptions(wishes.sshConfigOptions());
            if (!serverOptions.refused().isEmpty()) {
                context.terminal()
                        .say("Left out, because a server must not decide it: "
                                + String.join(", ", serverOptions.refused()));
            }
            return section(client, ownSuffix, serverOptions.accepted());
        }
    }

    private List<String> section(ApiClient client, String ownSuffix, List<String> serverOptions)
            throws CommandException {
        var lines = new ArrayList<String>();
        lines.add("# Workspaces at " + client.server() + ". Changes here are lost; run `cloister config-ssh` instead.");
        // A quote in a host name would end the quoted %n below; ssh itself checks this only since version 9.6.
        lines.add("Host *." + ownSuffix + " \"!*'*\"");
        var own = new ArrayList<String>();
        for (var option : options) {
            own.add(ownOption(option));
        }
        var known = new KnownHosts(context.settings().config());
        var fixed = List.of(
                "ProxyCommand " + proxyCommand(ownSuffix),
                "UserKnownHostsFile " + SshText.path(known.file()),
                "GlobalKnownHostsFile /dev/null",
                "StrictHostKeyChecking yes",
                "UpdateHostKeys no",
                "CheckHostIP no");
        Stream.of(own, fixed, serverOptions).flatMap(List::stream).forEach(line -> lines.add("    " + line));
        lines.add("# What follows is for all hosts again.");
        lines.add("Host *");
        return lines;
    }

    private String proxyCommand(String ownSuffix) throws CommandException {
        return SshText.command(ProxyCommand.bySuffix(context.settings().config(), ownSuffix)) + " '%n'";
    }

    private static String ownOption(String option) throws CommandException {
        var parts = option.split("=", 2);
        if (parts.length < 2 || !parts[0].matches("[A-Za-z]+") || !parts[1].matches("[^\\p{Cntrl}]+")) {
            throw CommandException.usage("Write an SSH option like --ssh-option ForwardAgent=yes.");
        }
        return parts[0] + " " + parts[1];
    }

    /** Old lines with a minus, new ones with a plus, what both have with neither. */
    private static List<String> difference(List<String> before, List<String> after) {
        var lines = new ArrayList<String>();
        before.stream().filter(line -> !after.contains(line)).forEach(line -> lines.add("- " + line));
        after.forEach(line -> lines.add((before.contains(line) ? "  " : "+ ") + line));
        return lines;
    }
}
