package dev.cloister.provisioner.egress;

import java.net.URI;
import java.util.List;

/**
 * What one workspace may reach.
 *
 * @param allow names from its template
 * @param serverAsked the server's URL as the workspace's agent knows it; always allowed
 * @param server the server's URL as it is now; connections to the other one are made to this
 */
public record EgressPolicy(List<EgressRule> allow, URI serverAsked, URI server) {
    public EgressPolicy {
        allow = List.copyOf(allow);
    }

    boolean isServer(HostPort asked) {
        return asked.equals(HostPort.of(serverAsked)) || asked.equals(HostPort.of(server));
    }

    boolean isListed(HostPort asked) {
        return allow.stream().anyMatch(rule -> rule.allows(asked));
    }
}
