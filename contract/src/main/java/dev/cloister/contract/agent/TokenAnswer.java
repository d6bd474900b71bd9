package dev.cloister.contract.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What an agent answers to a {@link TokenQuestion}. */
public sealed interface TokenAnswer {
    /**
     * The token.
     *
     * @param username what goes with it; empty where that does not matter
     */
    record Token(String token, String username) implements TokenAnswer {
        @Override
        public String toString() {
            return "Token[hidden]";
        }
    }

    /** The owner of the workspace has not linked an account; {@code page} is where they do. */
    record Unlinked(String page) implements TokenAnswer {}

    /** No provider is for this. */
    record Unknown() implements TokenAnswer {}

    /** It could not be found out. */
    record Failed(String reason) implements TokenAnswer {}

    static TokenAnswer token(String token, String username) {
        return new Token(token, username);
    }

    static TokenAnswer unlinked(String page) {
        return new Unlinked(page);
    }

    static TokenAnswer unknown() {
        return new Unknown();
    }

    static TokenAnswer failed(String reason) {
        return new Failed(reason);
    }

    static TokenAnswer read(InputStream from) throws IOException {
        var input = new DataInputStream(from);
        return switch (input.readByte()) {
            case 0 -> new Token(input.readUTF(), input.readUTF());
            case 1 -> new Unlinked(input.readUTF());
            case 2 -> new Unknown();
            case 3 -> new Failed(input.readUTF());
            default -> throw new IOException("the agent's answer cannot be read");
        };
    }

    default void write(OutputStream to) throws IOException {
        var output = new DataOutputStream(to);
        switch (this) {
            case Token(var token, var username) -> {
                output.writeByte(0);
                output.writeUTF(token);
                output.writeUTF(username);
            }
            case Unlinked(var page) -> {
                output.writeByte(1);
                output.writeUTF(page);
            }
            case Unknown() -> output.writeByte(2);
            case Failed(var reason) -> {
                output.writeByte(3);
                output.writeUTF(reason);
            }
        }
        output.flush();
    }
}
