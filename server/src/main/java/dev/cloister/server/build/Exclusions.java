package dev.cloister.server.build;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is being worked on by this process now. A job whose lease was lost, or that was given up because it heeds
 * nothing, may still be at work; the next job on the same thing waits until it has really ended.
 */
final class Exclusions {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Set<Object> held = new HashSet<>();

    /** Takes {@code key} if it is free. */
    boolean tryAcquire(Object key) {
        lock.lock();
        try {
            return held.add(key);
        } finally {
            lock.unlock();
        }
    }

    /** Takes {@code key} as soon as it is free. */
    void acquire(Object key) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!held.add(key)) {
                released.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void release(Object key) {
        lock.lock();
        try {
            held.remove(key);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
