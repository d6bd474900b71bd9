package dev.cloister.server.personal.external;

import dev.cloister.contract.Secret;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service that people can link their account with, as the operator described it.
 *
 * @param id part of addresses; several providers of one type differ in it
 * @param type {@code github}, {@code gitlab} and so on; decides how Git uses the token
 * @param validateUrl answers 200 to a token that is good; null where a token is believed until it expires
 * @param deviceUrl where a device code comes from; null without that flow
 * @param revokeUrl ends a token (RFC 7009); null where that is not offered
 * @param matches addresses of repositories that this provider is for; null for none
 * @param refresh whether an expired token is renewed
 */
record Provider(
        String id,
        String type,
        String clientId,
        Secret clientSecret,
        URI authUrl,
        URI tokenUrl,
        @Nullable URI validateUrl,
        @Nullable URI deviceUrl,
        @Nullable URI revokeUrl,
        List<String> scopes,
        @Nullable Pattern matches,
        String displayName,
        String displayIcon,
        boolean refresh,
        boolean deviceFlow,
        boolean proofKey) {
    Provider {
        scopes = List.copyOf(scopes);
    }

    boolean isFor(String address) {
        return matches != null && matches.matcher(address).matches();
    }

    /** The user name that Git sends with the token as a password; empty where the token is the user name. */
    String gitUser() {
        return switch (type) {
            case "gitlab" -> "oauth2";
            case "bitbucket-cloud", "bitbucket-server" -> "x-token-auth";
            default -> "";
        };
    }
}
