package dev.cloister.server.notification.delivery;

import dev.cloister.server.notification.Occasion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What each occasion is told in, from {@code wording.yaml}: variables in double braces, Markdown in the body. */
public final class Wordings {
    private static final String FILE = "/notification/wording.yaml";

    /** A link that a message offers, with variables. */
    public record Link(String label, String url) {}

    /** The texts of one occasion. */
    public record Wording(String title, String body, List<Link> links) {
        public Wording {
            links = List.copyOf(links);
        }
    }

    /** Read when the first of them is needed, not at the start; fails where one is missing. */
    private static final class Texts {
        private static final Map<Occasion, Wording> ALL = new EnumMap<>(Occasion.class);

        static {
            Map<?, ?> file = read();
            for (Occasion occasion : Occasion.values()) {
                String key = occasion.name().toLowerCase(Locale.ROOT).replace('_', '-');
                ALL.put(occasion, wording(map(file, key)));
            }
        }
    }

    private static Map<?, ?> read() {
        try (InputStream in = Objects.requireNonNull(Wordings.class.getResourceAsStream(FILE), FILE)) {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<?, ?> map(Map<?, ?> of, String key) {
        return (Map<?, ?>) Objects.requireNonNull(of.get(key), key);
    }

    private static String text(Map<?, ?> of, String key) {
        return ((String) Objects.requireNonNull(of.get(key), key)).strip();
    }

    private static Wording wording(Map<?, ?> of) {
        var links = new ArrayList<Link>();
        if (of.get("links") instanceof List<?> list) {
            list.forEach(link -> links.add(new Link(text((Map<?, ?>) link, "label"), text((Map<?, ?>) link, "url"))));
        }
        return new Wording(text(of, "title"), text(of, "body"), links);
    }

    public Wording of(Occasion occasion) {
        return Objects.requireNonNull(Texts.ALL.get(occasion));
    }
}
