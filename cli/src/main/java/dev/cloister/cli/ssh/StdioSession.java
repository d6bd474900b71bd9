package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.contract.client.ApiClient;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** What ssh runs as its ProxyCommand: finds the workspace, notes its host key and carries the bytes. */
final class StdioSession {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._/-]{1,255}");

    private final CliContext context;
    private final ApiClient client;

    StdioSession(CliContext context, ApiClient client) {
        this.context = context;
        this.client = client;
    }

    /**
     * Connects by name.
     *
     * @param host as ssh was given it, which is the name that it looks up in known_hosts
     * @param suffix what the host name ends with, if it is one of ours
     */
    void connect(String host, String suffix, Arrival arrival) throws IOException, CommandException {
        if (!HOST.matcher(host).matches()) {
            throw CommandException.usage("That is not the host name of a workspace.");
        }
        var ending = "." + suffix;
        var lower = host.toLowerCase(Locale.ROOT);
        var ours = !suffix.isEmpty() && lower.endsWith(ending);
        var name = WorkspaceName.parse(ours ? host.substring(0, host.length() - ending.length()) : host);
        carry(arrival.at(name), lower);
    }

    private void carry(UUID agent, String host) throws IOException, CommandException {
        var stream = new Streams(client).open(client.agents().sshStream(agent));
        try (stream;
                var in = new FileInputStream(FileDescriptor.in).getChannel();
                var out = new FileOutputStream(FileDescriptor.out).getChannel()) {
            var key = HostKey.parse(client.agents().hostKey(agent).sshHostKey());
            new KnownHosts(context.settings().config()).put(host, key);
            StdioBridge.carry(in, out, stream);
        }
    }
}
