package dev.cloister.cli.session;

import dev.cloister.contract.api.Organization;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.ApiException;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which organization a command is about. */
public final class OrganizationOption {
    private static final int NOT_FOUND = 404;

    @Option(
            names = {"-O", "--org"},
            paramLabel = "ORGANIZATION",
            description = "The organization, by name or ID. Default: CLOISTER_ORGANIZATION, then your only one,"
                    + " then the default one.")
    private String named = "";

    /** The one that was named, or else the caller's. */
    public Organization find(CliContext context, ApiClient client) throws IOException, CommandException {
        var environment = context.settings().environment();
        var chosen = named.isEmpty()
                ? environment.getOrDefault("CLOISTER_ORGANIZATION", environment.getOrDefault("CODER_ORGANIZATION", ""))
                : named;
        return chosen.isEmpty() ? own(client) : named(client, chosen);
    }

    /** The organization of that name or ID. */
    public static Organization named(ApiClient client, String name) throws IOException, CommandException {
        try {
            return client.organizationCalls().get(name);
        } catch (ApiException refused) {
            if (refused.status() == NOT_FOUND) {
                throw CommandException.failure("There is no organization \"" + name + "\" that you can see.");
            }
            throw refused;
        }
    }

    private static Organization own(ApiClient client) throws IOException, CommandException {
        var all = client.organizations();
        if (all.size() == 1) {
            return all.getFirst();
        }
        var names = all.stream().map(Organization::name).collect(Collectors.joining(", "));
        return all.stream()
                .filter(Organization::isDefault)
                .findFirst()
                .orElseThrow(() -> CommandException.usage(
                        names.isEmpty()
                                ? "You are in no organization. Name one with --org."
                                : String.format(Locale.ROOT, "Which organization? Add --org with one of: %s.", names)));
    }
}
