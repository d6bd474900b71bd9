package dev.cloister.provisioner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.9",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.1.1",
                "198.18.0.1",
                "203.0.113.9",
                "224.0.0.1",
                "255.255.255.255",
                "240.0.0.1",
                "192.88.99.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2001:0:1::1",
                "2001:db8::1",
                "100::1",
                "3fff::1",
                "5f00::1",
                "169.254.169.254",
                "fd00:ec2::254",
                "100.100.100.200",
                "168.63.129.16"
            })
    void whatIsNotOnTheOpenNetworkIsRefused(String address) throws Exception {
        assertThat(guard.refusal(InetAddress.getByName(address))).as(address).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "2606:4700::1111", "2a00:1450::1"
            })
    void openAddressesAreLetThrough(String address) throws Exception {
        assertThat(guard.refusal(InetAddress.getByName(address))).as(address).isEmpty();
    }

    @Test
    void theOperatorMayPermitANetworkButNeverTheCloudsMetadata() throws Exception {
        var wide = new AddressGuard(
                List.of(Network.parse("10.0.0.0/8"), Network.parse("0.0.0.0/0"), Network.parse("fd00::/8")));
        assertThat(wide.refusal(InetAddress.getByName("10.9.9.9"))).isEmpty();
        assertThat(wide.refusal(InetAddress.getByName("fd00::9"))).isEmpty();
        assertThat(wide.refusal(InetAddress.getByName("169.254.169.254"))).isPresent();
        assertThat(wide.refusal(InetAddress.getByName("fd00:ec2::254"))).isPresent();
    }

    @Test
    void anAddressOfThisHostIsRefusedEvenIfPublic() throws Exception {
        for (var network : NetworkInterface.networkInterfaces().toList()) {
            network.inetAddresses()
                    .forEach(address -> assertThat(guard.refusal(address)).isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "example.com/8", "10.0.0.0/x", "", "10.0.0/8", "::1/129"})
    void networksAreReadStrictly(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPrefixCoversExactlyItsBits() throws Exception {
        assertThat(Network.parse("192.168.128.0/17").contains(InetAddress.getByName("192.168.200.1")))
                .isTrue();
        assertThat(Network.parse("192.168.128.0/17").contains(InetAddress.getByName("192.168.127.255")))
                .isFalse();
        assertThat(Network.parse("192.168.0.0/16").contains(InetAddress.getByName("::1")))
                .isFalse();
    }
}
