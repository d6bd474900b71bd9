package dev.cloister.server.platform.http;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.platform.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Fields;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** A request that has passed its route's access, with the caller that it is made for. */
public final class Request {
    private static final long MAX_DISCARDED = 16L << 20;
    private static final Duration DISCARD = Duration.ofSeconds(10);

    private final org.eclipse.jetty.server.Request jetty;
    private final Route route;
    private final Map<String, String> path;
    private final Caller caller;
    private final Fields query;

    Request(org.eclipse.jetty.server.Request jetty, Route route, Map<String, String> path, Caller caller) {
        this.jetty = jetty;
        this.route = route;
        this.path = path;
        this.caller = caller;
        this.query = queryOf(jetty);
        if (path.values().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            throw new Failure.Invalid("The path must not hold the character NUL.");
        }
    }

    private static Fields queryOf(org.eclipse.jetty.server.Request jetty) {
        Fields fields;
        try {
            fields = org.eclipse.jetty.server.Request.extractQueryParameters(jetty);
        } catch (RuntimeException e) {
            throw new Failure.Invalid("The query string is not valid UTF-8 in percent-encoding.");
        }
        for (Fields.Field field : fields) {
            if (field.getValues().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw new Failure.Invalid(
                        "Query parameters have invalid values.",
                        bounded(field.getName()),
                        "Must not hold the character NUL.");
            }
        }
        return fields;
    }

    public Caller caller() {
        return caller;
    }

    /** The caller as a person; routes for signed-in people only. */
    public Caller.User user() {
        if (caller instanceof Caller.User user) {
            return user;
        }
        throw new Failure.Unauthenticated("You must be signed in to do this.");
    }

    public Origin origin() {
        return caller.origin();
    }

    /** The value of a named path segment. */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no {" + name + "} in " + route.path());
        }
        return value;
    }

    /** A path segment that must be an id. */
    public UUID id(String name) {
        return parseId(path(name))
                .orElseThrow(() -> new Failure.Invalid(
                        "Invalid UUID \"" + bounded(path(name)) + "\" in the path.", name, "Must be a UUID."));
    }

    /** An id in its canonical form, empty for anything else. */
    public static Optional<UUID> parseId(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String bounded(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }

    /** A query parameter, empty where it is absent or empty. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.getValue(name)).filter(value -> !value.isEmpty());
    }

    /** A query parameter that must be a whole number from {@code least} to {@code most}. */
    public long number(String name, long otherwise, long least, long most) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Failure.Invalid(
                "Query parameters have invalid values.",
                name,
                "Query param \"" + name + "\" must be a number from " + least + " to " + most + ".");
    }

    /** A query parameter that is a switch. */
    public boolean flag(String name) {
        return query(name)
                .map(value -> !value.equals("false") && !value.equals("0"))
                .orElse(query.get(name) != null);
    }

    /** A header, empty where it is absent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(jetty.getHeaders().get(name));
    }

    /** A cookie, empty where it is absent. */
    public Optional<String> cookie(String name) {
        return org.eclipse.jetty.server.Request.getCookies(jetty).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> cookie.getValue())
                .findFirst();
    }

    /** The values of a header that may be repeated. */
    public List<String> headers(String name) {
        return jetty.getHeaders().getFields(name).stream()
                .map(HttpField::getValue)
                .toList();
    }

    /** The JSON body as a value of {@code type}. */
    public <T> T body(Class<T> type) {
        String text = JsonText.of(bytes());
        try {
            T value = ApiJson.strict().readValue(text, type);
            if (value == null) {
                throw new Failure.Invalid("Request body must be a JSON object, not null.");
            }
            return value;
        } catch (DatabindException e) {
            throw new Failure.Invalid("Request body is not valid.", "", List.of(problem(e)));
        } catch (JacksonException e) {
            throw new Failure.Invalid("Request body must be valid JSON.", e.getOriginalMessage(), List.of());
        }
    }

    private static ValidationError problem(DatabindException e) {
        var field = new StringBuilder();
        for (var reference : e.getPath()) {
            if (reference.getPropertyName() != null) {
                field.append(field.isEmpty() ? "" : ".").append(reference.getPropertyName());
            } else {
                field.append('[').append(reference.getIndex()).append(']');
            }
        }
        return new ValidationError(
                field.toString(), "Has a value of the wrong type or form, or is missing where it is required.");
    }

    /** The whole body, refused with 413 past the route's limit. */
    public byte[] bytes() {
        long limit = route.maxBody();
        if (jetty.getLength() > limit) {
            throw new Failure.TooLarge(limit);
        }
        try (InputStream body = Content.Source.asInputStream(jetty)) {
            byte[] bytes = Pace.read(body, limit + 1);
            if (bytes.length > limit) {
                discard(body);
                throw new Failure.TooLarge(limit);
            }
            return bytes;
        } catch (IOException e) {
            throw new Failure.Invalid("The request body could not be read to its end.");
        }
    }

    /**
     * Takes what a client is still sending before it is refused, up to a bound: one that is cut off while it sends may
     * never see the answer (RFC 9112, 9.6).
     */
    static void discard(org.eclipse.jetty.server.Request jetty) {
        try (InputStream body = Content.Source.asInputStream(jetty)) {
            discard(body);
        } catch (IOException e) {
            // gone already
        }
    }

    private static void discard(InputStream body) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long left = MAX_DISCARDED;
        long until = System.nanoTime() + DISCARD.toNanos();
        for (int count = body.read(buffer);
                count >= 0 && left > 0 && System.nanoTime() < until;
                count = body.read(buffer)) {
            left -= count;
        }
    }

    /** The path as it was sent, without the query. */
    public String rawPath() {
        return jetty.getHttpURI().getCanonicalPath();
    }

    /** The host and port that the client addressed. */
    public String host() {
        return jetty.getHttpURI().getAuthority() == null
                ? ""
                : jetty.getHttpURI().getAuthority();
    }

    /** Whether the connection, as far as trusted proxies tell, is encrypted. */
    public boolean isSecure() {
        return jetty.isSecure();
    }
}
