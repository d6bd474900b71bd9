package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.AgentPlan.OpenIn;
import dev.cloister.provisioner.AgentPlan.Share;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads apps and metadata. */
final class AppReader {
    /** The server reaches apps through the agent, which dials its own loopback and nothing else. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(5);
    private static final int HEALTH_THRESHOLD = 6;
    private static final Duration METADATA_INTERVAL = Duration.ofSeconds(10);
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(5);

    private final FilledDocument document;

    AppReader(FilledDocument document) {
        this.document = document;
    }

    List<AgentPlan.App> apps() {
        var slugs = new HashSet<String>();
        var list = document.node("apps");
        return document.entries(list, index -> {
            var path = FieldPath.ROOT.child("apps").item(index);
            var node = list.path(index);
            var slug = node.path("slug").asString();
            if (!slugs.add(slug)) {
                document.problem(path.child("slug"), "is already used by another app; choose another");
            }
            return app(slug, node, path);
        });
    }

    private AgentPlan.App app(String slug, JsonNode node, FieldPath path) {
        return new AgentPlan.App(
                slug,
                document.text(path.child("display_name")).orElse(slug),
                document.text(path.child("icon")).orElse(""),
                node.has("port")
                        ? URI.create("http://127.0.0.1:" + node.path("port").asInt())
                        : url(path.child("url")).orElse(null),
                node.has("command") ? node.path("command").asString() : null,
                healthcheck(node.path("healthcheck"), path.child("healthcheck")),
                Share.valueOf(constant(node.path("share").asString("owner"))),
                node.path("subdomain").asBoolean(true),
                OpenIn.valueOf(constant(node.path("open_in").asString("slim-window"))),
                node.path("hidden").asBoolean(false),
                node.path("order").asInt(0));
    }

    private AgentPlan.@Nullable Healthcheck healthcheck(JsonNode node, FieldPath path) {
        if (node.isMissingNode()) {
            return null;
        }
        var interval = document.value(
                path.child("interval"), "a duration from 1s to 1h", text -> time(text, Duration.ofSeconds(1)));
        return url(path.child("url"))
                .map(url -> new AgentPlan.Healthcheck(
                        url,
                        interval.orElse(HEALTH_INTERVAL),
                        node.path("threshold").asInt(HEALTH_THRESHOLD)))
                .orElse(null);
    }

    List<AgentPlan.Metadata> metadata() {
        var keys = new HashSet<String>();
        var list = document.node("metadata");
        return document.entries(list, index -> {
            var path = FieldPath.ROOT.child("metadata").item(index);
            var key = list.path(index).path("key").asString();
            if (!keys.add(key)) {
                document.problem(path.child("key"), "is already used by another entry; choose another");
            }
            return new AgentPlan.Metadata(
                    key,
                    document.text(path.child("display_name")).orElse(key),
                    document.text(path.child("script")).orElse(""),
                    duration(path.child("interval"), METADATA_INTERVAL),
                    duration(path.child("timeout"), METADATA_TIMEOUT));
        });
    }

    private Duration duration(FieldPath path, Duration fallback) {
        return document.value(path, "a duration from 1s to 1h", text -> time(text, Duration.ofSeconds(1)))
                .orElse(fallback);
    }

    private static Optional<Duration> time(String text, Duration shortest) {
        return Quantities.duration(text)
                .filter(time -> time.compareTo(shortest) >= 0 && time.compareTo(Duration.ofHours(1)) <= 0);
    }

    private Optional<URI> url(FieldPath path) {
        return document.value(
                path, "an http or https URL on localhost, such as http://localhost:8080", AppReader::local);
    }

    private static Optional<URI> local(String text) {
        try {
            var url = new URI(text);
            var valid = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT))
                    && url.getUserInfo() == null
                    && url.getPort() != 0
                    && url.getPort() <= 65_535;
            return valid ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String constant(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
