package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A password or token while it crosses the wire. It appears in JSON, because that is how it travels, and nowhere else:
 * neither in a log line nor in the text of the record that carries it.
 */
public final class SecretText {
    private final String value;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SecretText(String value) {
        this.value = value;
    }

    /** The secret itself. Hand it on at once; do not keep it. */
    @JsonValue
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretText secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return 0; // nothing derived from a secret leaves this class
    }

    @Override
    public String toString() {
        return "[secret]";
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
