package dev.cloister.server.platform.sql;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells whether what was read about credentials and rights a moment ago can still be believed. Every change of them
 * makes all of it doubtful: those of this server before they are answered, those of other servers when the database
 * tells of them. While the database cannot be heard, nothing is believed.
 */
public final class Freshness {
    /** The mark of what must be read again each time. */
    public static final long NEVER = -1;

    private final AtomicLong changes = new AtomicLong();
    private volatile boolean hears;

    /** To be asked for before reading; {@link #holds} tells later whether nothing has changed since. */
    public long mark() {
        return hears ? changes.get() : NEVER;
    }

    /** Whether what was read after this mark was taken is still so, as far as this server has heard. */
    public boolean holds(long mark) {
        return hears && mark == changes.get();
    }

    /** Somebody's credentials or rights changed, or may have. */
    public void changed() {
        changes.incrementAndGet();
    }

    /** The database is heard from now on; what it said before was missed. */
    void hearing() {
        changed();
        hears = true;
    }

    /** The database is no longer heard. */
    void deaf() {
        hears = false;
        changed();
    }
}
