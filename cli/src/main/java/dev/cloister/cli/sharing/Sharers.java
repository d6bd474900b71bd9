package dev.cloister.cli.sharing;

import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.WorkspaceRole;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The people and groups of an organization, by name. */
final class Sharers {
    private final ApiClient client;
    private final UUID organization;

    Sharers(ApiClient client, UUID organization) {
        this.client = client;
        this.organization = organization;
    }

    Map<String, WorkspaceRole> users(Map<String, WorkspaceRole> named) throws IOException, CommandException {
        if (named.isEmpty()) {
            return Map.of();
        }
        var known = new HashMap<String, String>();
        for (var member : client.organizationCalls().members(organization)) {
            var id = member.userId().toString();
            known.put(member.username(), id);
            known.putIfAbsent(member.email(), id);
            known.put(id, id);
        }
        return byId(named, known, "member");
    }

    Map<String, WorkspaceRole> groups(Map<String, WorkspaceRole> named) throws IOException, CommandException {
        if (named.isEmpty()) {
            return Map.of();
        }
        var known = new HashMap<String, String>();
        for (var group : client.groups().list(organization)) {
            known.put(group.name(), group.id().toString());
        }
        return byId(named, known, "group");
    }

    private static Map<String, WorkspaceRole> byId(
            Map<String, WorkspaceRole> named, Map<String, String> known, String kind) throws CommandException {
        var byId = new HashMap<String, WorkspaceRole>();
        for (var entry : named.entrySet()) {
            var id = known.get(entry.getKey());
            if (id == null) {
                throw CommandException.failure("The workspace's organization has no " + kind + " \"" + entry.getKey()
                        + "\" that you can see.");
            }
            byId.put(id, entry.getValue());
        }
        return byId;
    }
}
