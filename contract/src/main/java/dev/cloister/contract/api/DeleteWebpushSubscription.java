package dev.cloister.contract.api;

/** Names the browser that no longer wants push notifications, by its address at its push service. */
public record DeleteWebpushSubscription(String endpoint) {
    public DeleteWebpushSubscription {
        endpoint = endpoint == null ? "" : endpoint;
    }

    @Override
    public String toString() {
        return "DeleteWebpushSubscription[hidden]";
    }
}
