package dev.cloister.agent.process;

/** How a process ended. */
public sealed interface Exit {
    /** It returned {@code code}, 0 to 255. */
    record Status(int code) implements Exit {}

    /** A signal killed it. */
    record Signalled(int signal) implements Exit {}

    /** One number, as a shell would say it: 128 and the signal for a killed process. */
    default int shellStatus() {
        return switch (this) {
            case Status(int code) -> code;
            case Signalled(int signal) -> 128 + signal;
        };
    }

    default boolean success() {
        return this instanceof Status(int code) && code == 0;
    }

    /** Reads the status word of {@code waitpid(2)}. */
    static Exit ofWaitStatus(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? new Status((status >> 8) & 0xff) : new Signalled(signal);
    }
}
