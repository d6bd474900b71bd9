package dev.cloister.server.role;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.Permission;
import dev.cloister.contract.api.ValidationError;
import java.util.ArrayList;
import java.util.List;

/** Permissions as the API and the rows spell them. */
final class PermissionViews {
    private static final int MOST = 1000;

    private PermissionViews() {}

    static List<Permission> wire(List<dev.cloister.server.access.Permission> permissions) {
        return permissions.stream()
                .map(each -> new Permission(each.negate(), each.typeName(), each.actionName()))
                .toList();
    }

    /** Those of a row; one that this version does not know is left out, and so gives nothing. */
    static List<dev.cloister.server.access.Permission> known(List<Permission> permissions) {
        return permissions.stream()
                .flatMap(each ->
                        dev.cloister.server.access.Permission.parse(each.negate(), each.resourceType(), each.action())
                                .stream())
                .toList();
    }

    static String json(List<dev.cloister.server.access.Permission> permissions) {
        return ApiJson.mapper().writeValueAsString(wire(permissions));
    }

    static List<Permission> fromJson(String json) {
        return List.of(ApiJson.mapper().readValue(json, Permission[].class));
    }

    /** Those of a request; what is wrong with them is added to {@code problems}. */
    static List<dev.cloister.server.access.Permission> parse(
            String field, List<Permission> permissions, List<ValidationError> problems) {
        if (permissions.size() > MOST) {
            problems.add(new ValidationError(field, "At most " + MOST + " permissions."));
            return List.of();
        }
        var parsed = new ArrayList<dev.cloister.server.access.Permission>();
        for (int i = 0; i < permissions.size(); i++) {
            Permission each = permissions.get(i);
            var known = dev.cloister.server.access.Permission.parse(each.negate(), each.resourceType(), each.action());
            if (known.isEmpty()) {
                problems.add(new ValidationError(
                        field + "[" + i + "]", "Names a resource type or an action of it that does not exist."));
                return List.of();
            }
            parsed.add(known.get());
        }
        return parsed.stream().distinct().toList();
    }
}
