package dev.cloister.cli.role;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a custom role, also from those who have it.")
final class RoleDeleteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "ROLE", description = "The name of the role.")
    private String name = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private RolePlace place;

    RoleDeleteCommand(CliContext context, RolePlace place) {
        this.context = context;
        this.place = place;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var roles = place.in(context, client);
            context.requireConsent(
                    consent.given(), "Delete the role " + name + " and take it from everybody?", "--yes");
            roles.delete(name);
            context.terminal().print("The role " + name + " is deleted.");
        }
        return 0;
    }
}
