package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import java.time.Instant;
import java.util.UUID;

/** Brings the codes that reset a password to the people who asked for them. */
public interface OneTimeCodes {
    /** Where there is no way to reach people: nobody gets a code by asking, only from an administrator. */
    OneTimeCodes NOWHERE = new OneTimeCodes() {
        @Override
        public boolean canDeliver() {
            return false;
        }

        @Override
        public void deliver(Recipient recipient, Secret code, Instant expires) {
            throw new UnsupportedOperationException("there is no way to deliver codes");
        }
    };

    /** Who asked. */
    record Recipient(UUID user, String username, String name, String email) {}

    /** Whether codes reach people at all now; where not, none are made. */
    boolean canDeliver();

    /** Sends a code; called after it is stored, on a thread of its own. A failure is logged and nobody is told. */
    void deliver(Recipient recipient, Secret code, Instant expires);
}
