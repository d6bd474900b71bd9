package dev.cloister.server.notification.delivery;

/** A message was not taken. The sentence is for the operator and holds nothing secret. */
public final class DeliveryException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean lasting;

    private DeliveryException(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    /** It may be taken another time. */
    public static DeliveryException passing(String message) {
        return new DeliveryException(message, false);
    }

    /** It will never be taken. */
    public static DeliveryException lasting(String message) {
        return new DeliveryException(message, true);
    }

    boolean isLasting() {
        return lasting;
    }
}
