package dev.cloister.cli.account;

import dev.cloister.contract.api.APIKeyWithOwner;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the caller's tokens. */
final class Tokens {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9]{10}");

    private Tokens() {}

    /** The caller's token of that name or ID. */
    static Optional<APIKeyWithOwner> find(ApiClient client, String wanted) throws IOException {
        return client.users().tokens("me", false).stream()
                .filter(token -> token.id().equals(wanted) || token.tokenName().equals(wanted))
                .findFirst();
    }

    static boolean isId(String wanted) {
        return ID.matcher(wanted).matches();
    }
}
