package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cloister.contract.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A password or token while it crosses the wire. It appears in JSON, because that is how it travels, and nowhere else:
 * neither in a log line nor in the text of the record that carries it. Whoever keeps it keeps the {@link Secret}.
 */
public final class SecretText {
    private final Secret secret;

    public SecretText(Secret secret) {
        this.secret = secret;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SecretText(String text) {
        this(Secret.of(text));
    }

    /** The secret in the form that has no way onto the wire. */
    public Secret secret() {
        return secret;
    }

    /** The text itself. Hand it on at once; do not keep it. */
    @JsonValue
    public String reveal() {
        return secret.reveal();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretText text && secret.equals(text.secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    @Override
    public String toString() {
        return secret.toString();
    }
}
