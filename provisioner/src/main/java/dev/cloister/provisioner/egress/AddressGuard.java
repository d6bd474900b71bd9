package dev.cloister.provisioner.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides about addresses after resolution, when an allowed name may turn out to lead back into the operator's own
 * network. The connection is then made to the very address that was checked.
 */
final class AddressGuard {
    /** Hand out credentials of the machine to whoever asks; refused whatever the operator permits. */
    private static final List<Network> METADATA =
            networks("169.254.169.254", "169.254.170.2", "168.63.129.16", "100.100.100.200", "fd00:ec2::254");

    /** Everything of the IANA special-purpose registry that is not globally reachable, and multicast. */
    private static final List<Network> SPECIAL_V4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** Global unicast; what carries an IPv4 address inside (6to4, Teredo) is taken out, NAT64 lies outside. */
    private static final Network GLOBAL_V6 = Network.parse("2000::/3");

    private static final List<Network> SPECIAL_V6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final List<Network> permitted;

    AddressGuard(List<Network> permitted) {
        this.permitted = List.copyOf(permitted);
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::parse).toList();
    }

    /** Why an address is not to be connected to. */
    Optional<String> refusal(InetAddress address) {
        if (isIn(METADATA, address)) {
            return Optional.of("it is a metadata service of the cloud");
        }
        if (isIn(permitted, address)) {
            return Optional.empty();
        }
        if (isSpecial(address)) {
            return Optional.of("it is a private or special address");
        }
        return isOwn(address) ? Optional.of("it is an address of the host itself") : Optional.empty();
    }

    private static boolean isSpecial(InetAddress address) {
        return switch (address) {
            case Inet4Address v4 -> isIn(SPECIAL_V4, v4);
            case Inet6Address v6 -> !GLOBAL_V6.contains(v6) || isIn(SPECIAL_V6, v6);
            default -> true;
        };
    }

    private static boolean isIn(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
