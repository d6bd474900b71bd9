package dev.cloister.agent.process;

import java.io.IOException;
import java.io.InputStream;

/** A {@link Descriptor} to read from. */
final class DescriptorInput extends InputStream {
    private final Descriptor descriptor;

    DescriptorInput(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return descriptor.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return descriptor.read(into, offset, length);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
