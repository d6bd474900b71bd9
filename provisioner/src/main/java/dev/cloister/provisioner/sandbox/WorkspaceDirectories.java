package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** The directories of all workspaces. */
final class WorkspaceDirectories {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path path;

    private WorkspaceDirectories(Path path) {
        this.path = path;
    }

    static WorkspaceDirectories below(Path dataDirectory) throws IOException {
        var path = dataDirectory.resolve("workspaces");
        WorkspaceDirectory.directory(path, "rwx------");
        return new WorkspaceDirectories(path);
    }

    WorkspaceDirectory of(UUID workspaceId) {
        return new WorkspaceDirectory(workspaceId, path.resolve(workspaceId.toString()));
    }

    List<WorkspaceDirectory> all() throws IOException {
        try (var entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(ID.asMatchPredicate())
                    .map(name -> of(UUID.fromString(name)))
                    .toList();
        }
    }
}
