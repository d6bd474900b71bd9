package dev.cloister.server.audit.sink.format;

import dev.cloister.server.audit.SealedField;
import dev.cloister.server.audit.log.SignedHead;

/**
 * The Common Event Format of ArcSight, version 0. It has no room for the entry: the index and the hash of the leaf tell a
 * receiver that nothing is missing, and the signed heads that these are the ones of the log.
 */
record CefFormat() implements EventFormat {
    private static final int LONGEST_VALUE = 1023;
    private static final String HEADER = "CEF:0|Cloister|Cloister|0.1.0|";

    @Override
    public String wireName() {
        return "cef";
    }

    @Override
    public boolean isJson() {
        return false;
    }

    @Override
    public String event(CopiedEvent event) {
        var line = new StringBuilder(1024).append(HEADER);
        header(line, event.action() + ":" + event.resourceType());
        header(line, event.action() + " " + event.resourceType().replace('_', ' '));
        line.append(event.isSuccess() ? "3" : "6").append('|');
        String address = event.value(SealedField.IP);
        boolean ipv6 = address.indexOf(':') >= 0;
        put(line, "rt", Long.toString(event.time().toEpochMilli()));
        put(line, "externalId", event.id());
        put(line, "outcome", event.isSuccess() ? "success" : "failure");
        put(line, "act", event.action());
        put(line, "suser", event.value(SealedField.ACTOR_NAME));
        put(line, "suid", event.actor());
        if (Words.isAddress(address) && !ipv6) {
            put(line, "src", address);
        } else {
            put(line, "c6a2", Words.isAddress(address) ? address : "");
            put(line, "c6a2Label", Words.isAddress(address) ? "Source IPv6 Address" : "");
            put(line, "shost", Words.isAddress(address) ? "" : address);
        }
        put(line, "requestClientApplication", event.value(SealedField.USER_AGENT));
        put(line, "duid", event.resource());
        put(line, "fname", event.value(SealedField.RESOURCE_TARGET));
        put(line, "fileType", event.resourceType());
        labelled(line, "cn1", "index", Long.toString(event.index()));
        labelled(line, "cn2", "statusCode", Integer.toString(event.status()));
        labelled(line, "cs1", "leafHash", event.leafHash());
        labelled(line, "cs2", "log", event.log());
        labelled(line, "cs3", "organizationId", event.organization());
        labelled(line, "cs4", "requestId", event.request());
        labelled(line, "cs5", "difference", event.value(SealedField.DIFF));
        labelled(line, "cs6", "additionalFields", event.value(SealedField.ADDITIONAL_FIELDS));
        return line.toString();
    }

    @Override
    public String head(String log, SignedHead head) {
        var line = new StringBuilder(512).append(HEADER).append("checkpoint|the audit log was signed|0|");
        put(line, "rt", Long.toString(head.signedAt().toEpochMilli()));
        labelled(line, "cn1", "size", Long.toString(head.size()));
        labelled(line, "cs2", "log", log);
        put(line, "msg", head.note());
        return line.toString();
    }

    private static void labelled(StringBuilder line, String key, String label, String value) {
        if (!value.isEmpty()) {
            put(line, key, value);
            put(line, key + "Label", label);
        }
    }

    /** In the header, the pipe and the backslash are escaped, and there is no way to write a line break. */
    private static void header(StringBuilder line, String value) {
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character == '|' || character == '\\') {
                line.append('\\');
            }
            line.append(isUnsafe(character) ? ' ' : character);
        }
        line.append('|');
    }

    /** In the extension, the equals sign, the backslash and line breaks are escaped; other controls have no form. */
    private static void put(StringBuilder line, String key, String value) {
        if (value.isEmpty()) {
            return;
        }
        if (line.charAt(line.length() - 1) != '|') {
            line.append(' ');
        }
        line.append(key).append('=');
        int end = Math.min(value.length(), LONGEST_VALUE);
        if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
            end--;
        }
        for (int at = 0; at < end; at++) {
            escaped(line, value.charAt(at));
        }
    }

    private static void escaped(StringBuilder line, char character) {
        switch (character) {
            case '=', '\\' -> line.append('\\').append(character);
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            default -> line.append(isUnsafe(character) ? ' ' : character);
        }
    }

    private static boolean isUnsafe(char character) {
        return Character.isISOControl(character)
                || character >= '\u2028' && character <= '\u202e'
                || character >= '\u2066' && character <= '\u2069';
    }
}
