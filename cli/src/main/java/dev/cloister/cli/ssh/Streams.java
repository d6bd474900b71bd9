package dev.cloister.cli.ssh;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.ApiException;
import dev.cloister.tunnel.Transport;
import dev.cloister.tunnel.websocket.ClientWebSocket;
import dev.cloister.tunnel.websocket.WebSocketRefusedException;
import java.io.IOException;
import java.net.URI;
import tools.jackson.core.JacksonException;

/** Opens streams into a workspace through the server. */
final class Streams {
    private final ApiClient client;

    Streams(ApiClient client) {
        this.client = client;
    }

    /** A stream of raw bytes, both ways. */
    Transport open(URI stream) throws IOException {
        try {
            return ClientWebSocket.connect(client.http(), stream, client.headers());
        } catch (WebSocketRefusedException refused) {
            throw new ApiException(refused.status(), error(refused));
        }
    }

    private static ApiError error(WebSocketRefusedException refused) {
        try {
            var error = ApiJson.mapper().readValue(refused.body(), ApiError.class);
            if (error != null && !error.message().isBlank()) {
                return error;
            }
        } catch (JacksonException notJson) {
            // an answer from something in between
        }
        return ApiError.of("The server refused the connection with status " + refused.status() + ".");
    }
}
