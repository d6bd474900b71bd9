package dev.cloister.provisioner.egress;

import java.util.Optional;

/**
 * A destination that a template allows: one host, or with {@code *.} in front every host below a domain.
 *
 * @param port 0 for the two ports of the web, 80 and 443
 */
public record EgressRule(String host, boolean below, int port) {
    /**
     * Reads {@code example.com}, {@code *.example.com} or either with {@code :port}.
     *
     * @throws IllegalArgumentException with a sentence for the template's author
     */
    public static EgressRule parse(String text) {
        var below = text.startsWith("*.");
        var rest = below ? text.substring(2) : text;
        if (rest.contains("*")) {
            throw new IllegalArgumentException(
                    "has a * elsewhere than at its beginning; write *.example.com for all names below example.com");
        }
        if (rest.contains("/") || rest.contains("@")) {
            throw new IllegalArgumentException("is not a host name; write the name alone, without scheme or path");
        }
        var place = HostPort.parse(rest, 1)
                .orElseThrow(() -> new IllegalArgumentException(
                        "is not a host name with an optional port; write for example example.com or example.com:8443"));
        if (below && (place.host().literal() || !place.host().text().contains("."))) {
            throw new IllegalArgumentException("is too wide; name at least two parts after *., as in *.example.com");
        }
        return new EgressRule(place.host().text(), below, hasPort(rest) ? place.port() : 0);
    }

    private static boolean hasPort(String text) {
        return text.lastIndexOf(':') > text.lastIndexOf(']');
    }

    /** Whether this rule lets a destination through; the host in any spelling. */
    public boolean allows(String asked, int askedPort) {
        return HostName.parse(asked)
                .map(name -> allows(new HostPort(name, askedPort)))
                .orElse(false);
    }

    boolean allows(HostPort asked) {
        var name = asked.host().text();
        var portMatches = port == 0 ? asked.port() == 80 || asked.port() == 443 : asked.port() == port;
        var hostMatches = below ? !asked.host().literal() && name.endsWith("." + host) : name.equals(host);
        return portMatches && hostMatches;
    }

    @Override
    public String toString() {
        var shown = Optional.of(host)
                .filter(text -> text.contains(":"))
                .map(text -> "[" + text + "]")
                .orElse(host);
        return (below ? "*." : "") + shown + (port == 0 ? "" : ":" + port);
    }
}
