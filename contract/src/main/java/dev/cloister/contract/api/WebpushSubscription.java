package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a browser says of itself when it subscribes to push notifications.
 *
 * @param authKey 16 bytes, base64url
 * @param endpoint an address of the browser's push service
 * @param p256dhKey the browser's public key, base64url
 */
public record WebpushSubscription(
        String authKey,
        String endpoint,
        @JsonProperty("p256dh_key") String p256dhKey) {
    public WebpushSubscription {
        authKey = authKey == null ? "" : authKey;
        endpoint = endpoint == null ? "" : endpoint;
        p256dhKey = p256dhKey == null ? "" : p256dhKey;
    }

    @Override
    public String toString() {
        return "WebpushSubscription[hidden]";
    }
}
