package dev.cloister.contract.agent;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.UUID;

/** A UUID in its 16 bytes, most significant first, as the agent protocol carries it. */
public final class UuidBytes {
    private static final int LENGTH = 16;

    private UuidBytes() {}

    public static ByteString of(UUID id) {
        var bytes = ByteBuffer.allocate(LENGTH)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip();
        return ByteString.copyFrom(bytes);
    }

    /** @throws IllegalArgumentException unless there are exactly 16 bytes */
    public static UUID read(ByteString bytes) {
        if (bytes.size() != LENGTH) {
            throw new IllegalArgumentException("a UUID has 16 bytes, not " + bytes.size());
        }
        var buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
