package dev.cloister.contract.client;

import dev.cloister.contract.api.CreateGroupRequest;
import dev.cloister.contract.api.Group;
import dev.cloister.contract.api.PatchGroupRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The part of the API that is about groups. */
public final class GroupCalls {
    private final ApiConnection connection;

    GroupCalls(ApiConnection connection) {
        this.connection = connection;
    }

    public List<Group> list(UUID organization) throws IOException {
        return connection.list(Paths.of("/organizations/{}/groups", organization), Group.class);
    }

    public Group byName(UUID organization, String name) throws IOException {
        return connection.get(Paths.of("/organizations/{}/groups/{}", organization, name), Group.class);
    }

    public Group create(UUID organization, CreateGroupRequest request) throws IOException {
        return connection.send("POST", Paths.of("/organizations/{}/groups", organization), request, Group.class);
    }

    public Group update(UUID group, PatchGroupRequest request) throws IOException {
        return connection.send("PATCH", Paths.of("/groups/{}", group), request, Group.class);
    }

    public void delete(UUID group) throws IOException {
        connection.send("DELETE", Paths.of("/groups/{}", group), null);
    }
}
