package dev.cloister.contract.proof;

import java.util.Base64;

/** Base64 that can be written in one way only: two texts of the same bytes would be two proofs of the same thing. */
final class Base64Text {
    private Base64Text() {}

    static byte[] decode(String text) throws MalformedProofException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedProofException("not Base64");
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new MalformedProofException("Base64 with loose bits or without padding");
        }
        return bytes;
    }
}
