package dev.cloister.server.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The dashboard's files, read once into memory, and its one page for every other path of the browser. The page gets a
 * fresh nonce with each answer; nothing but our own scripts runs, and nobody may frame it.
 */
public final class DashboardHandler extends Handler.Abstract.NonBlocking {
    private static final String NONCE = "__CSP_NONCE__";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "html", "text/html; charset=utf-8",
            "json", "application/json",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, Asset> assets = new HashMap<>();
    private final String page;
    private final SecureRandom random = new SecureRandom();

    private record Asset(String mediaType, byte[] bytes) {}

    /** @param directory the built dashboard: {@code index.html} and what it refers to */
    public DashboardHandler(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = "/" + directory.relativize(file).toString().replace('\\', '/');
                assets.put(name, new Asset(mediaType(name), Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The dashboard's files cannot be read from " + directory, e);
        }
        Asset index = assets.remove("/index.html");
        if (index == null) {
            throw new IllegalArgumentException(directory + " holds no index.html: the dashboard is not built.");
        }
        this.page = new String(index.bytes(), UTF_8);
    }

    private static String mediaType(String name) {
        return MEDIA_TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean get = HttpMethod.GET.is(request.getMethod());
        if (!get && !HttpMethod.HEAD.is(request.getMethod())) {
            return false;
        }
        String path = Request.getPathInContext(request);
        Asset asset = assets.get(path);
        if (asset != null) {
            var cache = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "public, max-age=3600";
            write(response, asset.mediaType(), cache, get ? asset.bytes() : new byte[0], callback);
            return true;
        }
        if (path.startsWith("/assets/") || path.startsWith("/api/")) {
            return false;
        }
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String text = Base64.getEncoder().encodeToString(nonce);
        response.getHeaders().put("Content-Security-Policy", policy(text));
        response.getHeaders().put("X-Frame-Options", "DENY");
        response.getHeaders().put("Cross-Origin-Opener-Policy", "same-origin");
        byte[] body = page.replace(NONCE, text).getBytes(UTF_8);
        write(response, "text/html; charset=utf-8", "no-store", get ? body : new byte[0], callback);
        return true;
    }

    private static String policy(String nonce) {
        return "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data:; "
                + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";
    }

    private static void write(Response response, String mediaType, String cache, byte[] bytes, Callback callback) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, cache);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
