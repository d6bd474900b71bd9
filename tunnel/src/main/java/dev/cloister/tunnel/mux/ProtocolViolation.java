package dev.cloister.tunnel.mux;

/** The peer broke the protocol. It is fatal for the session, since nothing that follows can be trusted. */
final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    ProtocolViolation(String message) {
        super(message);
    }
}
