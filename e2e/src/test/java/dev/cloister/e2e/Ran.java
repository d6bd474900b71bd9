package dev.cloister.e2e;

import java.time.Duration;

/** What a program did. */
record Ran(String command, int exit, String out, String err, Duration took) {
    /** Fails with everything that was said where the program failed. */
    Ran succeeded() {
        if (exit != 0) {
            throw new AssertionError(this.toString());
        }
        return this;
    }

    String text() {
        return out.strip();
    }

    @Override
    public String toString() {
        return "$ " + command + "\nexit " + exit + " after " + took.toMillis() + " ms\n--- out\n" + out + "\n--- err\n"
                + err;
    }
}
