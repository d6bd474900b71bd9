package dev.cloister.contract.proof;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The entries beside a tile of level 0: each with its length in two bytes before it (C2SP tlog-tiles). */
public final class EntryBundle {
    /** The longest entry in bytes. */
    public static final int LONGEST_ENTRY = 65_535;

    private EntryBundle() {}

    public static byte[] write(List<byte[]> entries) {
        var out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > LONGEST_ENTRY) {
                throw new IllegalArgumentException("an entry has at most " + LONGEST_ENTRY + " bytes");
            }
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    /** @param count how many entries there must be */
    public static List<byte[]> read(byte[] bundle, int count) throws MalformedProofException {
        var entries = new ArrayList<byte[]>();
        int at = 0;
        while (at < bundle.length) {
            if (bundle.length - at < 2 || entries.size() == count) {
                throw new MalformedProofException("a bundle of entries with a remainder");
            }
            int length = (bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff;
            at += 2;
            if (bundle.length - at < length) {
                throw new MalformedProofException("an entry is longer than its bundle");
            }
            entries.add(Arrays.copyOfRange(bundle, at, at + length));
            at += length;
        }
        if (entries.size() != count) {
            throw new MalformedProofException("a bundle of " + entries.size() + " entries instead of " + count);
        }
        return entries;
    }
}
