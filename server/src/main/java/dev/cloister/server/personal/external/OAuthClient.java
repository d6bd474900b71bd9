package dev.cloister.server.personal.external;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Secret;
import dev.cloister.contract.Sha256;
import dev.cloister.contract.api.ApiJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Speaks OAuth 2 with providers: codes and refresh tokens for tokens (RFC 6749), proof keys (RFC 7636), device codes
 * (RFC 8628), revocation (RFC 7009). Answers are bounded in size and time, and redirects are not followed.
 */
final class OAuthClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 1 << 20;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** What a provider gave. */
    record Tokens(
            Secret accessToken,
            @Nullable Secret refreshToken,
            @Nullable Duration expiresIn) {}

    /** The provider answered, and said no. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final String code;

        RefusedException(String code, String message) {
            super(message);
            this.code = code;
        }

        /** The error of RFC 6749, 5.2, such as {@code invalid_grant}. */
        String code() {
            return code;
        }
    }

    /** Where the browser asks the person. */
    static URI authorization(Provider provider, URI callback, Secret state, Secret verifier) {
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", provider.clientId());
        query.put("redirect_uri", callback.toString());
        query.put("state", state.reveal());
        if (!provider.scopes().isEmpty()) {
            query.put("scope", String.join(" ", provider.scopes()));
        }
        if (provider.proofKey()) {
            query.put("code_challenge", challenge(verifier));
            query.put("code_challenge_method", "S256");
        }
        String separator = provider.authUrl().getRawQuery() == null ? "?" : "&";
        return URI.create(provider.authUrl() + separator + form(query));
    }

    private static String challenge(Secret verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier.reveal()));
    }

    Tokens exchange(Provider provider, Secret code, URI callback, Secret verifier) throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code.reveal());
        form.put("redirect_uri", callback.toString());
        if (provider.proofKey()) {
            form.put("code_verifier", verifier.reveal());
        }
        return tokens(provider, form);
    }

    Tokens refresh(Provider provider, Secret refreshToken) throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken.reveal());
        return tokens(provider, form);
    }

    /** The document of RFC 8628, 3.2. */
    JsonNode deviceCode(Provider provider, URI url) throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("client_id", provider.clientId());
        form.put("scope", String.join(" ", provider.scopes()));
        return document(post(url, form));
    }

    Tokens exchangeDevice(Provider provider, Secret deviceCode) throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
        form.put("device_code", deviceCode.reveal());
        return tokens(provider, form);
    }

    private Tokens tokens(Provider provider, Map<String, String> form) throws IOException {
        form.put("client_id", provider.clientId());
        if (!provider.clientSecret().reveal().isEmpty()) {
            form.put("client_secret", provider.clientSecret().reveal());
        }
        JsonNode answer = document(post(provider.tokenUrl(), form));
        String access = text(answer, "access_token");
        if (access.isEmpty()) {
            throw new RefusedException("", "the answer has no access token");
        }
        String refresh = text(answer, "refresh_token");
        long seconds = answer.path("expires_in").asLong(0);
        return new Tokens(
                Secret.of(access),
                refresh.isEmpty() ? null : Secret.of(refresh),
                seconds <= 0
                        ? null
                        : Duration.ofSeconds(
                                Math.min(seconds, Duration.ofDays(3650).toSeconds())));
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /** Whether a token is good: what the provider says of its holder, empty where it is not good. */
    Optional<JsonNode> validate(URI url, Secret token) throws IOException {
        var request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.reveal())
                .header("Accept", "application/json")
                .GET()
                .build();
        var answer = send(request);
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new IOException("the provider answered " + answer.statusCode());
        }
        return Optional.of(json(answer.body()));
    }

    void revoke(Provider provider, URI url, Secret token) throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("token", token.reveal());
        form.put("client_id", provider.clientId());
        form.put("client_secret", provider.clientSecret().reveal());
        var answer = post(url, form);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the provider answered " + answer.statusCode());
        }
    }

    private record Answer(int statusCode, byte[] body) {}

    private Answer post(URI url, Map<String, String> form) throws IOException {
        return send(HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", FORM)
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form(form)))
                .build());
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new IOException("the provider's answer is too large");
                }
                return new Answer(answer.statusCode(), bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** GitHub says no with 200 and an error in the document; others with 400. */
    private static JsonNode document(Answer answer) throws IOException {
        if (answer.statusCode() >= 500) {
            throw new IOException("the provider answered " + answer.statusCode());
        }
        JsonNode document = json(answer.body());
        String error = text(document, "error");
        if (!error.isEmpty()) {
            throw new RefusedException(printable(error), printable(error + " " + text(document, "error_description")));
        }
        if (answer.statusCode() / 100 != 2) {
            throw new RefusedException("", "the provider answered " + answer.statusCode());
        }
        return document;
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        try {
            JsonNode node = ApiJson.mapper().readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            // told below
        }
        throw new IOException("the provider's answer is no JSON object");
    }

    /** A provider's words, short and without control characters. */
    static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() <= 200 ? clean : clean.substring(0, 200);
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry ->
                        URLEncoder.encode(entry.getKey(), UTF_8) + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
