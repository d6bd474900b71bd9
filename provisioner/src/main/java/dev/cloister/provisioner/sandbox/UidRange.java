package dev.cloister.provisioner.sandbox;

/**
 * Host user ids for workspaces, one for each, used only when the engine runs as root.
 *
 * @param first the lowest
 * @param count how many
 */
public record UidRange(int first, int count) {
    /**
     * Between the ids that container managers hand out (below 1879048192) and those beyond 2^31 that some programs
     * take for negative; no distribution allocates here.
     */
    public static final UidRange DEFAULT = new UidRange(1_900_000_000, 100_000_000);

    public UidRange {
        if (first < 65_536 || count < 1 || (long) first + count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the user ids of workspaces lie between 65536 and 2147483646");
        }
    }

    boolean contains(int uid) {
        return uid >= first && uid - first < count;
    }
}
