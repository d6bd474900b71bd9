package dev.cloister.contract.client;

import dev.cloister.contract.api.AssignableRoles;
import dev.cloister.contract.api.CustomRoleRequest;
import dev.cloister.contract.api.Role;
import java.io.IOException;
import java.util.List;

/** The roles of the whole deployment or those of one organization. */
public final class RoleCalls {
    private final ApiConnection connection;
    private final String path;

    RoleCalls(ApiConnection connection, String path) {
        this.connection = connection;
        this.path = path;
    }

    public List<AssignableRoles> list() throws IOException {
        return connection.list(path, AssignableRoles.class);
    }

    public Role create(CustomRoleRequest request) throws IOException {
        return connection.send("POST", path, request, Role.class);
    }

    public Role update(CustomRoleRequest request) throws IOException {
        return connection.send("PUT", path, request, Role.class);
    }

    public void delete(String name) throws IOException {
        connection.send("DELETE", path + Paths.segment(name), null);
    }
}
