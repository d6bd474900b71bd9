package dev.cloister.contract.proof;

/** The name of a key in signature lines: not empty, no spaces of any kind, no plus, no control characters. */
final class KeyName {
    private static final int LONGEST = 200;

    private KeyName() {}

    static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.codePoints()
                        .noneMatch(point -> point == '+'
                                || Character.isISOControl(point)
                                || Character.isSpaceChar(point)
                                || Character.isWhitespace(point)
                                || Character.getType(point) == Character.SURROGATE);
    }

    static String require(String name) throws MalformedProofException {
        if (!isValid(name)) {
            throw new MalformedProofException("not the name of a key");
        }
        return name;
    }
}
