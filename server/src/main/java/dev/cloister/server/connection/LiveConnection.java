package dev.cloister.server.connection;

import dev.cloister.server.workspace.WorkspaceId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One open connection into a workspace, as {@link LiveConnections} keeps it to be able to cut it. */
public final class LiveConnection {
    private final LiveConnections registry;
    private final Holder holder;
    private final WorkspaceId workspace;
    private final Supplier<Optional<String>> objection;
    private volatile boolean counted;
    private @Nullable String cutReason;
    private @Nullable Consumer<String> cutter;

    /**
     * Whose connection it is.
     *
     * @param credential the session or token that opened it, null for a visitor of a public app
     * @param user its holder, null with the credential
     */
    public record Holder(
            @Nullable String credential, @Nullable UUID user) {
        /** Nobody known. */
        public static final Holder NOBODY = new Holder(null, null);
    }

    LiveConnection(
            LiveConnections registry, Holder holder, WorkspaceId workspace, Supplier<Optional<String>> objection) {
        this.registry = registry;
        this.holder = holder;
        this.workspace = workspace;
        this.objection = objection;
    }

    void counted() {
        counted = true;
    }

    boolean isCounted() {
        return counted;
    }

    Holder holder() {
        return holder;
    }

    WorkspaceId workspace() {
        return workspace;
    }

    /** Why the connection must not go on, empty where it may. Asks the database. */
    public Optional<String> objection() {
        return objection.get();
    }

    /** Says how the connection is cut; does it at once where that has been asked for already. */
    public void onCut(Consumer<String> action) {
        String already;
        synchronized (this) {
            cutter = action;
            already = cutReason;
        }
        if (already != null) {
            action.accept(already);
        }
    }

    void cut(String reason) {
        Consumer<String> action;
        synchronized (this) {
            if (cutReason != null) {
                return;
            }
            cutReason = reason;
            action = cutter;
        }
        if (action != null) {
            action.accept(reason);
        }
    }

    /** Why the connection was cut, empty where it was not. */
    public synchronized Optional<String> cutReason() {
        return Optional.ofNullable(cutReason);
    }

    /** The connection has ended. */
    public void ended() {
        registry.remove(this);
    }
}
