package dev.cloister.contract.client;

/** The token by which a caller is known to the server. Shows itself to nobody but the header that carries it. */
public final class SessionToken {
    private static final int MAX_LENGTH = 512;
    private final String value;

    /**
     * @throws IllegalArgumentException for a text that cannot be a token: empty, very long, or with characters other
     *     than visible ASCII, which could begin another header
     */
    public SessionToken(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("This is not a session token.");
        }
        this.value = value;
    }

    /** The token itself, for a header or for the file that keeps it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "[session token]";
    }
}
