package dev.cloister.provisioner.sandbox;

/**
 * What one workspace may use at most.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes of memory and swap together
 * @param diskBytes of its home
 * @param processes and threads at a time
 */
public record Limits(int cpuMillis, long memoryBytes, long diskBytes, int processes) {
    private static final long GIB = 1L << 30;

    /** For templates that ask for nothing: two processors, 4 GiB of memory, 10 GiB of disk, 2048 processes. */
    public static final Limits DEFAULT = new Limits(2000, 4 * GIB, 10 * GIB, 2048);

    /** The most a template may ask for, unless the operator says otherwise. */
    public static final Limits MAXIMUM = new Limits(64_000, 256 * GIB, 1024 * GIB, 32_768);

    public Limits {
        if (cpuMillis <= 0 || memoryBytes <= 0 || diskBytes <= 0 || processes <= 0) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
