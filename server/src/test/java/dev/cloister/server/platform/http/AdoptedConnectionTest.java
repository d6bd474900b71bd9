package dev.cloister.server.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptedConnectionTest {
    @TempDir
    Path directory;

    /** Says who it believes has asked. */
    private static final class Mirror extends Handler.Abstract {
        private final Origins origins = new Origins(List.of("127.0.0.1"), List.of(URI.create("http://cloister.test")));

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var seen =
                    request.getHttpURI().getPath() + " " + origins.of(request).address();
            response.write(true, ByteBuffer.wrap(seen.getBytes(ISO_8859_1)), callback);
            return true;
        }
    }

    @Test
    void aConnectionOfAWorkspaceIsServedAndCannotSayWhoItIs() throws Exception {
        var loopback = new InetSocketAddress("127.0.0.1", 0);
        try (var web = new WebServer(Optional.of(loopback), Optional.empty(), List.of(new Mirror()));
                var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            web.start();
            var address = UnixDomainSocketAddress.of(directory.resolve("s"));
            listener.bind(address);
            try (var workspace = SocketChannel.open(address)) {
                web.adopt(listener.accept());
                for (var path : List.of("/one", "/two")) {
                    assertThat(ask(workspace, path)).startsWith("HTTP/1.1 200").endsWith(path + " 127.0.0.1");
                }
            }
        }
    }

    private static String ask(SocketChannel connection, String path) throws IOException {
        var request = "GET " + path + " HTTP/1.1\r\nHost: cloister.test\r\nX-Forwarded-For: 10.1.1.1\r\n\r\n";
        connection.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
        var in = Channels.newInputStream(connection);
        var answer = new StringBuilder();
        while (!answer.toString().endsWith(path + " 127.0.0.1")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            answer.append((char) next);
        }
        return answer.toString();
    }
}
