package dev.cloister.server.platform.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API document says of a route: its name, what it takes and what it answers. Filled where the route is
 * registered and read-only afterwards. A test refuses a route of the API that says nothing.
 */
public final class Operation {
    private String tag = "";
    private String summary = "";
    private @Nullable Body takes;
    private final List<Parameter> query = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    /** What a body holds. */
    public sealed interface Body {}

    /** A JSON document of a record of {@code contract.api}. */
    public record Json(Class<?> type) implements Body {}

    /** A JSON array of such documents. */
    public record JsonList(Class<?> element) implements Body {}

    /** A JSON object whose values are such documents, by a name. */
    public record JsonMap(Class<?> value) implements Body {}

    /** Anything else, by its media type. */
    public record Bytes(String mediaType) implements Body {}

    /** A query parameter. */
    public record Parameter(String name, Class<?> type, String meaning) {}

    /** A status with what comes with it; null for none. */
    public record Answer(int status, @Nullable Body body) {}

    Operation() {}

    /** The group it is shown in, and what it does, in the imperative: {@code "Users"}, {@code "Suspend a user"}. */
    public Operation named(String group, String sentence) {
        tag = group;
        summary = sentence;
        return this;
    }

    /** Takes a JSON document. */
    public Operation takes(Class<?> type) {
        return takes(new Json(type));
    }

    public Operation takes(Body body) {
        takes = body;
        return this;
    }

    /** Takes a query parameter of a type that JSON schema knows: text, number, boolean, UUID, time. */
    public Operation query(String name, Class<?> type, String meaning) {
        query.add(new Parameter(name, type, meaning));
        return this;
    }

    /** Takes {@code limit} and {@code offset}. */
    public Operation paged() {
        return query("limit", Integer.class, "How many at most; 0 for as many as the server gives at once")
                .query("offset", Integer.class, "How many to leave out");
    }

    /** Takes {@code q}, the search syntax of lists. */
    public Operation searched() {
        return query("q", String.class, "A search: key:value pairs and words");
    }

    /** Answers without a body. */
    public Operation answers(int status) {
        answers.add(new Answer(status, null));
        return this;
    }

    /** Answers with a JSON document. */
    public Operation answers(int status, Class<?> type) {
        return answers(status, new Json(type));
    }

    /** Answers with a JSON array. */
    public Operation answersList(int status, Class<?> element) {
        return answers(status, new JsonList(element));
    }

    public Operation answers(int status, Body body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** Is described by the group {@code tag}, empty until it is named. */
    public String tag() {
        return tag;
    }

    public String summary() {
        return summary;
    }

    /** The body it takes, null for none. */
    public @Nullable Body takes() {
        return takes;
    }

    public List<Parameter> query() {
        return Collections.unmodifiableList(query);
    }

    public List<Answer> answers() {
        return Collections.unmodifiableList(answers);
    }
}
