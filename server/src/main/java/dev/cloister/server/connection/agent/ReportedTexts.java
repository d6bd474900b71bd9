package dev.cloister.server.connection.agent;

/** Texts that an agent reports: cut to what is kept, without what PostgreSQL cannot store. */
final class ReportedTexts {
    private ReportedTexts() {}

    static String read(String reported, int mostCharacters) {
        int end = Math.min(reported.length(), mostCharacters);
        if (end < reported.length() && end > 0 && Character.isHighSurrogate(reported.charAt(end - 1))) {
            end--;
        }
        return reported.substring(0, end).replace('\0', '\uFFFD');
    }
}
