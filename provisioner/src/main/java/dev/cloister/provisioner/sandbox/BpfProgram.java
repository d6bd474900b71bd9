package dev.cloister.provisioner.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Assembles classic BPF for seccomp: instructions of eight bytes in the machine's order (linux/filter.h). */
final class BpfProgram {
    private static final int INSTRUCTION_BYTES = 8;
    private static final short LOAD_WORD = 0x20;
    private static final short JUMP_EQUAL = 0x15;
    private static final short JUMP_GREATER = 0x25;
    private static final short JUMP_SET = 0x45;
    private static final short RETURN = 0x06;

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    /** @param offset into struct seccomp_data */
    BpfProgram load(int offset) {
        return add(LOAD_WORD, 0, 0, offset);
    }

    BpfProgram ifEqual(int value, BpfProgram then) {
        return branch(JUMP_EQUAL, value, then);
    }

    /** Unsigned. */
    BpfProgram ifGreater(int value, BpfProgram then) {
        return branch(JUMP_GREATER, value, then);
    }

    BpfProgram ifAnyBit(int mask, BpfProgram then) {
        return branch(JUMP_SET, mask, then);
    }

    BpfProgram give(int result) {
        return add(RETURN, 0, 0, result);
    }

    byte[] bytes() {
        return code.toByteArray();
    }

    private BpfProgram branch(short operation, int value, BpfProgram then) {
        var body = then.bytes();
        add(operation, 0, body.length / INSTRUCTION_BYTES, value);
        code.writeBytes(body);
        return this;
    }

    private BpfProgram add(short operation, int ifTrue, int ifFalse, int constant) {
        if (ifFalse > 255) {
            throw new IllegalStateException("a branch is too long for its jump");
        }
        code.writeBytes(ByteBuffer.allocate(INSTRUCTION_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort(operation)
                .put((byte) ifTrue)
                .put((byte) ifFalse)
                .putInt(constant)
                .array());
        return this;
    }
}
