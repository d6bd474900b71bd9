package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.FailureText;
import dev.cloister.cli.session.Settings;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Runs OpenSSH with this process as its way to the workspace. */
public final class SshProcess {
    /** Names another OpenSSH client than the {@code ssh} of the search path. */
    public static final String PROGRAM = "CLOISTER_SSH_PROGRAM";

    private final CliContext context;

    SshProcess(CliContext context) {
        this.context = context;
    }

    /** Returns the exit code of ssh, which is that of the remote command. */
    int run(ApiClient client, Arrival arrival, WorkspaceName name, List<String> options, List<String> command)
            throws IOException, CommandException {
        try (var passage = Passage.make()) {
            var agent = arrival.at(name);
            var process = prepare(passage, client, agent, name, options, command);
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
        try (var passage = Passage.make()) {
            var prepared = prepare(passage, client, agent, name, List.of("-T"), command);
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
            Passage passage,
            ApiClient client,
            UUID agent,
            WorkspaceName name,
            List<String> options,
            List<String> command)
            throws IOException, CommandException {
        var words = words(passage, agent, hostName(name));
        words.addFirst(context.settings().environment().getOrDefault(PROGRAM, "ssh"));
        words.addAll(1, options); // after the name of the program
        words.addAll(command);
        var process = new ProcessBuilder(words);
        Settings.removeToken(process.environment());
        passage.carry(() -> stream(client, agent, passage), this::tell);
        return process;
    }

    /** ssh looks for the key when it has heard the first words of the other side, so that it need not wait for it. */
    private static Transport stream(ApiClient client, UUID agent, Passage passage)
            throws IOException, CommandException {
        var key = HostKey.parse(client.agents().hostKey(agent).sshHostKey());
        passage.know(agent + " " + key.type() + " " + key.base64());
        return new Streams(client).open(client.agents().sshStream(agent));
    }

    private void tell(Exception failure) {
        FailureText.lines(failure, context).forEach(context.terminal()::say);
    }

    private static List<String> words(Passage passage, UUID agent, String host) throws CommandException {
        var words = new ArrayList<String>();
        words.add("-oProxyCommand=" + passage.command());
        // A master that outlives this process would lose its way.
        words.add("-oControlMaster=no");
        words.add("-oHostKeyAlias=" + agent);
        words.add("-oUserKnownHostsFile=" + SshText.path(passage.knownHosts()));
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
