package dev.cloister.contract.proof;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * One signature line of a note. It says nothing until {@link NoteKey#verify} has looked at it.
 *
 * @param keyId the hash that tells keys of one name apart
 */
public record NoteSignature(String name, int keyId, byte[] signature) {
    private static final String START = "\u2014 ";
    private static final int LONGEST = 8192;

    public NoteSignature {
        signature = signature.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** Reads a line without its line break. */
    public static NoteSignature parse(String line) throws MalformedProofException {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(START) || space < START.length() || line.length() > LONGEST) {
            throw new MalformedProofException("not a signature line");
        }
        byte[] bytes = Base64Text.decode(line.substring(space + 1));
        if (bytes.length <= Integer.BYTES) {
            throw new MalformedProofException("a signature without bytes");
        }
        return new NoteSignature(
                KeyName.require(line.substring(START.length(), space)),
                ByteBuffer.wrap(bytes).getInt(),
                Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    /** The line without its line break. */
    public String line() {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return START + name + " " + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that && line().equals(that.line());
    }

    @Override
    public int hashCode() {
        return line().hashCode();
    }

    @Override
    public String toString() {
        return line();
    }
}
