package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConfigDirectory;
import dev.cloister.cli.session.Settings;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Runs OpenSSH with us as its way to the workspace. */
public final class SshProcess {
    /** Names another OpenSSH client than the {@code ssh} of the search path. */
    public static final String PROGRAM = "CLOISTER_SSH_PROGRAM";

    private final CliContext context;

    SshProcess(CliContext context) {
        this.context = context;
    }

    /** Returns the exit code of ssh, which is that of the remote command. */
    int run(ApiClient client, UUID agent, WorkspaceName name, List<String> options, List<String> command)
            throws IOException, CommandException {
        try (var handover = SessionHandover.of(context, client.server())) {
            var process = prepare(handover.config(), client, agent, name, options, command);
            return await(start(process.inheritIO()));
        }
    }

    /** What is done with a remote command while it runs. */
    interface Conversation<T> {
        T with(Process ssh) throws IOException, CommandException;
    }

    /** Runs a remote command whose input and output are pipes, and ends it when the conversation is over. */
    <T> T converse(ApiClient client, UUID agent, WorkspaceName name, List<String> command, Conversation<T> conversation)
            throws IOException, CommandException {
        try (var handover = SessionHandover.of(context, client.server())) {
            var prepared = prepare(handover.config(), client, agent, name, List.of("-T"), command);
            Process ssh = start(prepared.redirectError(ProcessBuilder.Redirect.INHERIT));
            var end = new Thread(ssh::destroy);
            Runtime.getRuntime().addShutdownHook(end);
            try {
                return conversation.with(ssh);
            } finally {
                ssh.destroy();
                remove(end);
            }
        }
    }

    private ProcessBuilder prepare(
            ConfigDirectory config,
            ApiClient client,
            UUID agent,
            WorkspaceName name,
            List<String> options,
            List<String> command)
            throws IOException, CommandException {
        var known = new KnownHosts(config);
        known.put(
                agent.toString(), HostKey.parse(client.agents().hostKey(agent).sshHostKey()));
        var words = words(config, known, agent, hostName(name));
        words.addFirst(context.settings().environment().getOrDefault(PROGRAM, "ssh"));
        words.addAll(1, options); // after the name of the program
        words.addAll(command);
        var process = new ProcessBuilder(words);
        Settings.removeToken(process.environment());
        return process;
    }

    private static List<String> words(ConfigDirectory config, KnownHosts known, UUID agent, String host)
            throws CommandException {
        var proxy = new ArrayList<>(ProxyCommand.byAgent(config, agent));
        proxy.add(host);
        var words = new ArrayList<String>();
        words.add("-oProxyCommand=" + SshText.command(proxy));
        words.add("-oHostKeyAlias=" + agent);
        words.add("-oUserKnownHostsFile=" + SshText.path(known.file()));
        words.add("-oGlobalKnownHostsFile=/dev/null");
        words.add("-oStrictHostKeyChecking=yes");
        words.add("-oUpdateHostKeys=no");
        words.add("-oCheckHostIP=no");
        words.add("--");
        words.add(host);
        return words;
    }

    /** The host name that config-ssh would understand, so that a person's own settings for it apply here too. */
    private static String hostName(WorkspaceName name) {
        var owner = name.owner().equals("me") ? "" : name.owner() + "--";
        return owner + name.workspace() + name.agent().map(agent -> "." + agent).orElse("") + ".cloister";
    }

    private static Process start(ProcessBuilder process) throws IOException, CommandException {
        try {
            return process.start();
        } catch (IOException absent) {
            throw CommandException.failure("The OpenSSH client cannot be run: " + absent.getMessage()
                    + "\nInstall OpenSSH, for example with `apt install openssh-client`, or name it in " + PROGRAM
                    + ".");
        }
    }

    private static int await(Process ssh) throws InterruptedIOException {
        var end = new Thread(ssh::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return ssh.waitFor();
        } catch (InterruptedException interrupted) {
            ssh.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("ssh was interrupted.");
        } finally {
            if (!ssh.isAlive()) {
                remove(end);
            }
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException already) {
            // the machine is going down anyway
        }
    }
}
