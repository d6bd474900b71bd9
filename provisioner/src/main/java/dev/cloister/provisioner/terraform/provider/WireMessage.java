package dev.cloister.provisioner.terraform.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A message of the plugin protocol, field by field. The few messages that pass are read and written here by their
 * published numbers, so that some seventy thousand lines generated from the protocol's file need not be carried along.
 *
 * @see <a href="https://github.com/hashicorp/terraform/tree/main/docs/plugin-protocol">the published protocol</a>
 */
final class WireMessage {
    private static final byte[] NOTHING = new byte[0];

    private WireMessage() {}

    /** A message that was received: its fields that are bytes or texts; others are left out, since none is needed. */
    record Received(Map<Integer, byte[]> fields) {
        static Received read(byte[] bytes) throws IOException {
            var fields = new HashMap<Integer, byte[]>();
            var in = CodedInputStream.newInstance(bytes);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    fields.put(WireFormat.getTagFieldNumber(tag), in.readByteArray());
                } else {
                    in.skipField(tag);
                }
            }
            return new Received(fields);
        }

        byte[] bytes(int field) {
            return fields.getOrDefault(field, NOTHING);
        }

        String text(int field) {
            return new String(bytes(field), UTF_8);
        }

        /** A value of Terraform's, which is a message of its own with the value in its first field. */
        Value value(int field) throws IOException {
            return MessagePack.read(read(bytes(field)).bytes(1));
        }
    }

    /** A message to be sent. */
    static final class Sent {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

        Sent text(int field, String text) {
            return text.isEmpty() ? this : write(() -> out.writeString(field, text));
        }

        Sent bytes(int field, byte[] content) {
            return content.length == 0 ? this : write(() -> out.writeByteArray(field, content));
        }

        Sent message(int field, Sent message) {
            return write(() -> out.writeByteArray(field, message.toBytes()));
        }

        Sent number(int field, long number) {
            return number == 0 ? this : write(() -> out.writeInt64(field, number));
        }

        /** A number that must be there even where it is 0: one of several fields of which exactly one may be set. */
        Sent choice(int field, long number) {
            return write(() -> out.writeInt64(field, number));
        }

        Sent flag(int field, boolean on) {
            return on ? write(() -> out.writeBool(field, true)) : this;
        }

        Sent value(int field, Value value) {
            return message(field, new Sent().bytes(1, MessagePack.write(value)));
        }

        private Sent write(Writing writing) {
            try {
                writing.write();
                return this;
            } catch (IOException e) {
                throw new IllegalStateException("a message could not be written to memory", e);
            }
        }

        byte[] toBytes() {
            write(out::flush);
            return bytes.toByteArray();
        }

        @FunctionalInterface
        private interface Writing {
            void write() throws IOException;
        }
    }
}
