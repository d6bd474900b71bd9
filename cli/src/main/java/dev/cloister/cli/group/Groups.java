package dev.cloister.cli.group;

import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.Group;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.ApiException;
import java.io.IOException;
import java.util.UUID;

/** Finds groups by name. */
final class Groups {
    private static final int NOT_FOUND = 404;

    private Groups() {}

    static Group named(ApiClient client, UUID organization, String name) throws IOException, CommandException {
        try {
            return client.groups().byName(organization, name);
        } catch (ApiException refused) {
            if (refused.status() == NOT_FOUND) {
                throw CommandException.failure("There is no group \"" + name + "\" that you can see.");
            }
            throw refused;
        }
    }
}
