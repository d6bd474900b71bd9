package dev.cloister.cli.template;

import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.Organization;
import dev.cloister.contract.api.Template;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Finds templates and organizations by name. */
final class TemplateLookup {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*");
    private static final int MAX_NAME = 32;

    @Option(
            names = {"-O", "--org"},
            paramLabel = "ORGANIZATION",
            description = "The organization of the template. May be left out by those who have one.")
    private String organization = "";

    static boolean usable(String name) {
        return name.length() <= MAX_NAME && NAME.matcher(name).matches();
    }

    Organization organization(ApiClient client) throws IOException, CommandException {
        var all = client.organizations();
        var names = all.stream().map(Organization::name).collect(Collectors.joining(", "));
        if (!organization.isEmpty()) {
            return all.stream()
                    .filter(one -> one.name().equals(organization))
                    .findFirst()
                    .orElseThrow(() -> CommandException.failure(
                            "You are in no organization \"" + organization + "\", but in: " + names + "."));
        }
        if (all.size() == 1) {
            return all.getFirst();
        }
        return all.stream()
                .filter(Organization::isDefault)
                .findFirst()
                .orElseThrow(() -> CommandException.usage("Which organization? Add --org with one of: " + names + "."));
    }

    /** The template of that name, if the caller can see one. */
    Optional<Template> find(ApiClient client, String name) throws IOException {
        return client.templates().list().stream()
                .filter(one -> one.name().equals(name))
                .filter(one -> organization.isEmpty() || one.organizationName().equals(organization))
                .findFirst();
    }

    Template require(ApiClient client, String name) throws IOException, CommandException {
        return find(client, name)
                .orElseThrow(() -> CommandException.failure("There is no template \"" + name + "\" that you can see."));
    }
}
