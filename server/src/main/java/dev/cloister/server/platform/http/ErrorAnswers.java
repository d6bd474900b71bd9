package dev.cloister.server.platform.http;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ApiJson;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What is refused before any route is found (a header too large, a path that cannot be read), in the API's form. */
final class ErrorAnswers extends ErrorHandler {
    private static final String JSON = "application/json; charset=utf-8";

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, ByteBuffer.wrap(body(response.getStatus())), callback);
        return true;
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, JSON);
        return ByteBuffer.wrap(body(status));
    }

    /** The status says what is wrong; what a parser or a handler threw is for the log alone. */
    private static byte[] body(int status) {
        return ApiJson.mapper().writeValueAsBytes(new ApiError(HttpStatus.getMessage(status) + ".", "", List.of()));
    }
}
