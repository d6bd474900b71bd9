package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "publickey", description = "Print the public half of your SSH key for Git.")
public final class PublicKeyCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--reset", description = "Make another key first. The old one stops working.")
    private boolean reset;

    @Mixin
    private ConsentOption consent = new ConsentOption();

    public PublicKeyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (reset) {
            context.askIfAttended(consent.given(), "Make another key? The old one stops working.");
        }
        try (var client = context.client()) {
            var users = client.users();
            var key = reset ? users.renewGitKey("me") : users.gitKey("me");
            context.terminal().print(key.publicKey().strip());
        }
        return 0;
    }
}
