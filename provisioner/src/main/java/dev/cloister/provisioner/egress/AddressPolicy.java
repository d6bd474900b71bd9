package dev.cloister.provisioner.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Which addresses may be connected to for others: what workspaces are held to, for other parts of the server. */
public final class AddressPolicy {
    private final AddressGuard guard;

    private AddressPolicy(AddressGuard guard) {
        this.guard = guard;
    }

    /**
     * Public addresses, and those of the given networks.
     *
     * @param networks CIDR
     * @throws IllegalArgumentException for what is no network
     */
    public static AddressPolicy permitting(List<String> networks) {
        return new AddressPolicy(
                new AddressGuard(networks.stream().map(Network::parse).toList()));
    }

    /** Why an address is not to be connected to. */
    public Optional<String> refusal(InetAddress address) {
        return guard.refusal(address);
    }
}
