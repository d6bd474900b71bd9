package dev.cloister.server.notification.webpush;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.contract.api.WebpushSubscription;
import dev.cloister.server.platform.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What a browser says of itself, checked: where its push service is, and keys that can be used. */
record NewSubscription(String host, Secret endpoint, String key, Secret auth) {
    private static final int LONGEST_ENDPOINT = 2048;
    private static final int LONGEST_KEY = 128;

    /**
     * @param plain whether {@code http} is borne, for push services in the operator's own network
     * @throws Failure.Invalid with what is wrong, in no more words than needed: endpoints and keys are secrets
     */
    static NewSubscription of(WebpushSubscription given, boolean plain) {
        var problems = new ArrayList<ValidationError>();
        Optional<URI> address = address(given.endpoint(), plain);
        if (address.isEmpty()) {
            problems.add(new ValidationError("endpoint", "Must be an https address of a push service."));
        }
        if (!isPoint(given.p256dhKey())) {
            problems.add(new ValidationError("p256dh_key", "Must be a point of P-256 in base64url."));
        }
        if (bytes(given.authKey())
                .filter(auth -> auth.length == PushCipher.AUTH_BYTES)
                .isEmpty()) {
            problems.add(new ValidationError("auth_key", "Must be 16 bytes in base64url."));
        }
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", List.copyOf(problems));
        }
        return new NewSubscription(
                address.orElseThrow().getHost(),
                Secret.of(given.endpoint()),
                given.p256dhKey(),
                Secret.of(given.authKey()));
    }

    private static Optional<URI> address(String endpoint, boolean plain) {
        if (endpoint.length() > LONGEST_ENDPOINT) {
            return Optional.empty();
        }
        try {
            var address = new URI(endpoint);
            boolean scheme = "https".equals(address.getScheme()) || plain && "http".equals(address.getScheme());
            boolean good = scheme
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null
                    && endpoint.chars().allMatch(c -> c > ' ' && c < 0x7f);
            return good ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPoint(String key) {
        try {
            return bytes(key).map(CurveP256::publicKey).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Browsers write base64url, some libraries with padding. */
    static Optional<byte[]> bytes(String text) {
        if (text.length() > LONGEST_KEY) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
