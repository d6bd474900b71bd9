package dev.cloister.tunnel.mux;

import java.util.ArrayDeque;

/** Byte arrays of one size, a bounded number of them kept for reuse. */
final class BlockPool {
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private final int blockSize;
    private final int kept;

    BlockPool(int blockSize, int kept) {
        this.blockSize = blockSize;
        this.kept = kept;
    }

    int blockSize() {
        return blockSize;
    }

    synchronized byte[] take() {
        var block = free.pollLast();
        return block != null ? block : new byte[blockSize];
    }

    /** Accepts any array and keeps only those of the right size. */
    synchronized void give(byte[] block) {
        if (block.length == blockSize && free.size() < kept) {
            free.addLast(block);
        }
    }
}
