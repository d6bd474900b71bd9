package dev.cloister.agent.terminal;

import java.util.Arrays;

/**
 * The last bytes a terminal has shown, for who comes later. When the beginning has been lost, replay starts after a line
 * break, so that it does not begin inside an escape sequence.
 */
final class Scrollback {
    private final byte[] ring;
    private long written;

    Scrollback(int capacity) {
        this.ring = new byte[capacity];
    }

    void add(byte[] chunk, int length) {
        int from = Math.max(0, length - ring.length);
        for (int at = from; at < length; ) {
            int position = (int) ((written + at) % ring.length);
            int count = Math.min(length - at, ring.length - position);
            System.arraycopy(chunk, at, ring, position, count);
            at += count;
        }
        written += length;
    }

    byte[] contents() {
        int size = (int) Math.min(written, ring.length);
        var contents = new byte[size];
        for (int i = 0; i < size; i++) {
            contents[i] = ring[(int) ((written - size + i) % ring.length)];
        }
        return written <= ring.length ? contents : afterFirstLine(contents);
    }

    private static byte[] afterFirstLine(byte[] contents) {
        for (int i = 0; i < contents.length; i++) {
            if (contents[i] == '\n') {
                return Arrays.copyOfRange(contents, i + 1, contents.length);
            }
        }
        return contents;
    }
}
