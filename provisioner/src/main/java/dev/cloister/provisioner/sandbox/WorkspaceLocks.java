package dev.cloister.provisioner.sandbox;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One thing at a time for each workspace; different workspaces do not wait for each other. */
final class WorkspaceLocks {
    /** Never removed: a few dozen bytes for each workspace that was built since the start. */
    private final Map<UUID, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Released by closing. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    Hold hold(UUID workspaceId) throws InterruptedException {
        var lock = locks.computeIfAbsent(workspaceId, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        return lock::unlock;
    }
}
