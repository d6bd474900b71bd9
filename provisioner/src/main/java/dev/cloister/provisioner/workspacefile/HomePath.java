package dev.cloister.provisioner.workspacefile;

import java.util.Optional;

/** Paths inside a workspace. */
final class HomePath {
    private HomePath() {}

    /** An absolute path without {@code ..}, with {@code ~} replaced by the home directory. */
    static Optional<String> resolve(String text) {
        var path = text.equals("~") || text.startsWith("~/") ? WorkspaceSpec.HOME + text.substring(1) : text;
        var valid = path.startsWith("/")
                && path.length() <= 1024
                && path.chars().noneMatch(Character::isISOControl)
                && !(path + "/").contains("/../");
        return valid ? Optional.of(path) : Optional.empty();
    }
}
