package dev.cloister.tunnel.drpc;

import java.io.IOException;

/** A call that the other side refused or failed, with the error code it gave. */
public final class DrpcException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The server knows no such method. */
    public static final long UNIMPLEMENTED = 12;

    private final long code;

    /**
     * @param code an application's number, 0 when it has none
     * @param message is shown to the caller
     */
    public DrpcException(long code, String message) {
        super(message);
        this.code = code;
    }

    public long code() {
        return code;
    }

    public boolean isUnimplemented() {
        return code == UNIMPLEMENTED;
    }
}
