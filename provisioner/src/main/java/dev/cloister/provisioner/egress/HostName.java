package dev.cloister.provisioner.egress;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host part of a destination in its one canonical spelling: lower case, punycode, no trailing dot, or an IP literal.
 *
 * @param literal whether it is an address; IPv6 is held without brackets
 */
record HostName(String text, boolean literal) {
    private static final int LONGEST = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");

    /** Empty for what is not a host name: such spellings are refused, never repaired. */
    static Optional<HostName> parse(String written) {
        if (written.startsWith("[") && written.endsWith("]")) {
            var address = written.substring(1, written.length() - 1).toLowerCase(Locale.ROOT);
            return IPV6.matcher(address).matches() && address.contains(":")
                    ? Optional.of(new HostName(address, true))
                    : Optional.empty();
        }
        return ascii(written).flatMap(HostName::name);
    }

    private static Optional<HostName> name(String text) {
        var name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (IPV4.matcher(name).matches()) {
            return Optional.of(new HostName(name, true));
        }
        var labels = name.split("\\.", -1);
        var last = labels[labels.length - 1];
        // Resolvers take "127.1", "2130706433" and "0x7f.1" for addresses; no top-level domain begins with a digit.
        if (name.isEmpty() || name.length() > LONGEST || Character.isDigit(last.isEmpty() ? '0' : last.charAt(0))) {
            return Optional.empty();
        }
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(new HostName(name, false));
    }

    private static Optional<String> ascii(String written) {
        if (written.length() > LONGEST + 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(IDN.toASCII(written).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As it stands before a port. */
    String inAuthority() {
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
