package dev.cloister.contract.proof;

/** Numbers as checkpoints and paths have them: decimal digits, no sign, no leading zero. */
final class Decimal {
    private static final int MOST_DIGITS = 18; // below 2^63, far above any tree

    private Decimal() {}

    static long parse(String text) throws MalformedProofException {
        boolean plain = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        if (!plain) {
            throw new MalformedProofException("not a plain decimal number");
        }
        return Long.parseLong(text);
    }
}
