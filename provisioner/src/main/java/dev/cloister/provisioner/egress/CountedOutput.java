package dev.cloister.provisioner.egress;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts what passes. */
final class CountedOutput extends FilterOutputStream {
    private final Runnable onBytes;
    private long bytes;

    CountedOutput(OutputStream out, Runnable onBytes) {
        super(out);
        this.onBytes = onBytes;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        bytes += length;
        onBytes.run();
    }

    long bytes() {
        return bytes;
    }
}
