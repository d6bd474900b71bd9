package dev.cloister.provisioner.sandbox;

/**
 * A processor architecture that sandboxes run on.
 *
 * <p>The numbers are the kernel's own (AUDIT_ARCH_* in linux/audit.h, __NR_* in asm/unistd.h).
 */
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers and an unmodifiable list
enum Architecture {
    AMD64("amd64", 0xC000_003E, SystemCalls.AMD64),
    ARM64("arm64", 0xC000_00B7, SystemCalls.ARM64);

    private final String label;
    private final int auditNumber;
    private final SystemCalls calls;

    Architecture(String label, int auditNumber, SystemCalls calls) {
        this.label = label;
        this.auditNumber = auditNumber;
        this.calls = calls;
    }

    /** @throws IllegalStateException on any other machine */
    static Architecture current() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> AMD64;
            case "aarch64" -> ARM64;
            case String other ->
                throw new IllegalStateException("Workspaces run on x86-64 and 64-bit ARM only; this is " + other + ".");
        };
    }

    /** As templates and agents call it. */
    String label() {
        return label;
    }

    int auditNumber() {
        return auditNumber;
    }

    SystemCalls calls() {
        return calls;
    }
}
