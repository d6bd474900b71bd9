package dev.cloister.provisioner.workspacefile;

import java.util.regex.Pattern;

/** Matches an author's pattern against a person's value within a bounded amount of work. */
public final class BoundedPattern {
    /** Reads of characters, far beyond what a sensible pattern needs for a value of a few kilobytes. */
    private static final int MAXIMUM_STEPS = 2_000_000;

    private BoundedPattern() {}

    /** @throws TooMuchWork for a pattern that backtracks without end */
    public static boolean find(Pattern pattern, String value) throws TooMuchWork {
        try {
            return pattern.matcher(new Counted(value, new Steps())).find();
        } catch (Exhausted | StackOverflowError e) {
            throw new TooMuchWork();
        }
    }

    /** A pattern that backtracks without end. */
    public static final class TooMuchWork extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super(null, null, false, false);
        }
    }

    private static final class Steps {
        private int taken;

        void take() {
            if (++taken > MAXIMUM_STEPS) {
                throw new Exhausted();
            }
        }
    }

    private record Counted(CharSequence text, Steps steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            steps.take();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
