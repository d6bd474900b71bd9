package dev.cloister.server.audit.sink;

/** What is told of a failure, in a form that is stored and shown. */
final class Errors {
    private static final int LONGEST = 500;

    private Errors() {}

    static String shown(Exception failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String text = message.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
