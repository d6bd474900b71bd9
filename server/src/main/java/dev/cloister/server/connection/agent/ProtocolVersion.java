package dev.cloister.server.connection.agent;

import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.server.platform.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of the agent protocol that a peer asks for, as {@code major.minor}. */
record ProtocolVersion(int major, int minor) {
    /** What an agent speaks that does not say. */
    static final ProtocolVersion OLDEST = new ProtocolVersion(2, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
    private static final ProtocolVersion NEWEST = parse(AgentRpc.VERSION);

    private static ProtocolVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw refusal("\"" + (text.length() <= 32 ? text : text.substring(0, 32)) + "\" is not major.minor.");
        }
        return new ProtocolVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The version, if this server speaks it: the same major version, and a minor one that it already knows. */
    static ProtocolVersion require(String text) {
        ProtocolVersion asked = parse(text);
        if (asked.major != NEWEST.major) {
            throw refusal("Server is at version " + NEWEST + ", behind requested major version " + asked + ".");
        }
        if (asked.minor > NEWEST.minor) {
            throw refusal("Server is at version " + NEWEST + ", behind requested minor version " + asked + ".");
        }
        return asked;
    }

    private static Failure refusal(String problem) {
        return new Failure.Invalid("Unknown or unsupported API version", "version", problem);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
