package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.Value.Fields;
import dev.cloister.provisioner.terraform.provider.Value.Flag;
import dev.cloister.provisioner.terraform.provider.Value.Many;
import dev.cloister.provisioner.terraform.provider.Value.Null;
import dev.cloister.provisioner.terraform.provider.Value.Number;
import dev.cloister.provisioner.terraform.provider.Value.Text;
import dev.cloister.provisioner.terraform.provider.Value.Unknown;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/**
 * Values as Terraform sends them: MessagePack, in which an extension of any kind stands for a value not yet known.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol">the plugin protocol</a>
 */
final class MessagePack {
    private static final int MAXIMUM_DEPTH = 64;

    private MessagePack() {}

    /** @throws IOException for bytes that are no value */
    static Value read(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return Value.NULL;
        }
        try (var unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(bytes)) {
            return read(unpacker, 0);
        } catch (MessagePackException e) {
            throw new IOException("Terraform sent a value that cannot be read", e);
        }
    }

    private static Value read(MessageUnpacker from, int depth) throws IOException {
        if (depth > MAXIMUM_DEPTH) {
            throw new IOException("Terraform sent a value that is nested too deeply");
        }
        return switch (from.getNextFormat().getValueType()) {
            case NIL -> {
                from.unpackNil();
                yield Value.NULL;
            }
            case BOOLEAN -> new Flag(from.unpackBoolean());
            case INTEGER -> new Number(new BigDecimal(from.unpackBigInteger()));
            case FLOAT -> new Number(BigDecimal.valueOf(from.unpackDouble()));
            case STRING -> new Text(from.unpackString());
            case ARRAY -> list(from, depth);
            case MAP -> fields(from, depth);
            case EXTENSION -> {
                var header = from.unpackExtensionTypeHeader();
                from.readPayload(header.getLength());
                yield Value.UNKNOWN;
            }
            case BINARY -> throw new IOException("Terraform sent bytes where a value belongs");
        };
    }

    private static Value list(MessageUnpacker from, int depth) throws IOException {
        var values = new ArrayList<Value>();
        for (int left = from.unpackArrayHeader(); left > 0; left--) {
            values.add(read(from, depth + 1));
        }
        return new Many(values);
    }

    private static Value fields(MessageUnpacker from, int depth) throws IOException {
        var values = new LinkedHashMap<String, Value>();
        for (int left = from.unpackMapHeader(); left > 0; left--) {
            String name = from.unpackString();
            values.put(name, read(from, depth + 1));
        }
        return new Fields(values);
    }

    static byte[] write(Value value) {
        try (MessageBufferPacker packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
            write(packer, value);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("a value could not be written to memory", e);
        }
    }

    private static void write(MessagePacker to, Value value) throws IOException {
        switch (value) {
            case Null none -> to.packNil();
            case Unknown unknown -> {
                to.packExtensionTypeHeader((byte) 0, 1);
                to.writePayload(new byte[] {0});
            }
            case Text(var text) -> to.packString(text);
            case Flag(var on) -> to.packBoolean(on);
            case Number(var number) -> write(to, number);
            case Many(var values) -> {
                to.packArrayHeader(values.size());
                for (Value each : values) {
                    write(to, each);
                }
            }
            case Fields(var values) -> {
                to.packMapHeader(values.size());
                for (var each : values.entrySet()) {
                    to.packString(each.getKey());
                    write(to, each.getValue());
                }
            }
        }
    }

    /** Whole numbers as such; others as decimal text, which loses nothing. */
    private static void write(MessagePacker to, BigDecimal number) throws IOException {
        boolean whole = number.scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        if (whole) {
            to.packLong(number.longValueExact());
        } else {
            to.packString(number.toPlainString());
        }
    }
}
