package dev.cloister.cli.role;

import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Permissions as people write them: {@code workspace:read}, {@code workspace:start,stop}, {@code !file:*}. */
final class PermissionText {
    private static final Pattern FORM =
            Pattern.compile("(?<no>!?)(?<type>[a-z_]+|\\*):(?<actions>(?:[a-z_]+|\\*)(?:,(?:[a-z_]+|\\*))*)");

    private PermissionText() {}

    static String of(Permission permission) {
        return (permission.negate() ? "!" : "") + permission.resourceType() + ":" + permission.action();
    }

    static List<Permission> parse(List<String> typed) throws CommandException {
        var permissions = new ArrayList<Permission>();
        for (var text : typed) {
            var match = FORM.matcher(text);
            if (!match.matches()) {
                throw CommandException.usage("\"" + text + "\" is no permission. Write TYPE:ACTION, such as"
                        + " workspace:read,start, with a ! before what the role takes away.");
            }
            for (var action : match.group("actions").split(",")) {
                permissions.add(new Permission(!match.group("no").isEmpty(), match.group("type"), action));
            }
        }
        return permissions;
    }
}
