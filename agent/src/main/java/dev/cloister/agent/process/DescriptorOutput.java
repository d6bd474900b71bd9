package dev.cloister.agent.process;

import java.io.IOException;
import java.io.OutputStream;

/** A {@link Descriptor} to write to. */
final class DescriptorOutput extends OutputStream {
    private final Descriptor descriptor;

    DescriptorOutput(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public void write(int b) throws IOException {
        descriptor.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        descriptor.write(from, offset, length);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
