package dev.cloister.server.platform.openapi;

import dev.cloister.contract.Sha256;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The API document, and a page to read it. */
public final class ApiDocumentRoutes {
    private static final String PAGE = "/docs/api";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final Access OPEN = Access.open("the published API is no secret");

    private final Routes routes;
    private final String version;
    private volatile @Nullable Tagged document;

    private record Tagged(String mediaType, byte[] bytes, String tag) {
        static Tagged of(String mediaType, byte[] bytes) {
            return new Tagged(mediaType, bytes, '"' + HexFormat.of().formatHex(Sha256.of(bytes), 0, 16) + '"');
        }
    }

    public ApiDocumentRoutes(Routes routes, String version) {
        this.routes = routes;
        this.version = version;
    }

    public void register(Routes into) {
        into.get("/api/v2/openapi.json", OPEN, request -> answer(request, document()))
                .named("General", "Get this document")
                .answers(200, Map.class)
                .answers(304);
        var page = asset("page.html", "text/html; charset=utf-8");
        into.get(
                PAGE,
                OPEN,
                request -> answer(request, page)
                        .header("Content-Security-Policy", POLICY)
                        .header("X-Frame-Options", "DENY"));
        var script = asset("page.js", "text/javascript; charset=utf-8");
        into.get(PAGE + "/page.js", OPEN, request -> answer(request, script));
        var style = asset("page.css", "text/css; charset=utf-8");
        into.get(PAGE + "/page.css", OPEN, request -> answer(request, style));
    }

    /** Made at the first question, when all routes are registered. */
    private Tagged document() {
        Tagged made = document;
        if (made == null) {
            made = Tagged.of(
                    "application/json; charset=utf-8",
                    ApiJson.mapper().writeValueAsBytes(ApiDocument.of(routes, version)));
            document = made;
        }
        return made;
    }

    private static Tagged asset(String name, String mediaType) {
        try (var in = Objects.requireNonNull(ApiDocumentRoutes.class.getResourceAsStream(name), name)) {
            return Tagged.of(mediaType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response answer(Request request, Tagged what) {
        boolean known = request.headers("If-None-Match").stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals(what.tag()) || tag.equals("*"));
        var response = known ? Response.empty(304) : Response.bytes(200, what.mediaType(), what.bytes());
        return response.header("ETag", what.tag()).header("Cache-Control", "public, no-cache");
    }
}
