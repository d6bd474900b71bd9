package dev.cloister.server.platform.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenAddressTest {
    @Test
    void whatIsInTheWayIsSaidWithWhatToDo() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
            assertThatThrownBy(() -> ListenAddress.check(address, "http-address"))
                    .isInstanceOf(BindException.class)
                    .hasMessage(
                            "Another program listens on 127.0.0.1:%d: end it, or choose another with"
                                    + " --http-address.",
                            taken.getLocalPort());
        }
        // An address of the range for documentation, which no machine has.
        assertThatThrownBy(() -> ListenAddress.check(new InetSocketAddress("192.0.2.1", 8443), "tls-address"))
                .hasMessage("This machine does not have the address 192.0.2.1: choose another with --tls-address.");
    }

    @Test
    void aFreeAddressStaysFree() {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertThatCode(() -> ListenAddress.check(any, "http-address")).doesNotThrowAnyException();
    }
}
