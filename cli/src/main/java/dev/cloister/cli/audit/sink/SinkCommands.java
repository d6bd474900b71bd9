package dev.cloister.cli.audit.sink;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.CommandGroup;
import dev.cloister.contract.api.AuditSink;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import picocli.CommandLine;

/** The commands under {@code audit sinks}. */
public final class SinkCommands {
    private SinkCommands() {}

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Look after the places where copies of the audit log go.")
                .addSubcommand("list", new SinkListCommand(context), "ls")
                .addSubcommand("status", new SinkStatusCommand(context))
                .addSubcommand("create", new SinkCreateCommand(context))
                .addSubcommand("pause", SinkSwitchCommand.pause(context))
                .addSubcommand("resume", SinkSwitchCommand.resume(context))
                .addSubcommand("test", new SinkTestCommand(context))
                .addSubcommand("delete", new SinkDeleteCommand(context), "rm");
    }

    static AuditSink named(ApiClient client, String name) throws IOException, CommandException {
        for (AuditSink sink : client.auditSinks().list()) {
            if (sink.name().equals(name) || sink.id().toString().equals(name)) {
                return sink;
            }
        }
        throw CommandException.failure("There is no audit sink " + name + ", or you may not see it.");
    }
}
