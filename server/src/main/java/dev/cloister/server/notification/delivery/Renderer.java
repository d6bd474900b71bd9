package dev.cloister.server.notification.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.cloister.contract.api.InboxNotificationAction;
import dev.cloister.server.notification.Message;
import dev.cloister.server.notification.Occasion;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Puts messages into words. Labels are what people typed: every variable is escaped for where it stands, in Markdown so
 * that a name can be no link, image or heading, in addresses as a part of the path. What Markdown itself allows of HTML is
 * escaped, and links other than http, https and mailto lose their address.
 */
public final class Renderer {
    private static final Mustache.Compiler BASE =
            Mustache.compiler().defaultValue("").emptyStringIsFalse(true);
    private static final Mustache.Compiler PLAIN = BASE.withEscaper(Escapers.NONE);
    private static final Mustache.Compiler MARKDOWN = BASE.withEscaper(Renderer::escapeMarkdown);
    private static final Mustache.Compiler ADDRESS =
            BASE.withEscaper(raw -> URLEncoder.encode(raw, UTF_8).replace("+", "%20"));

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer HTML =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder().build();

    private final Wordings wordings;
    private final String home;
    private final Map<Occasion, Compiled> compiled = new ConcurrentHashMap<>();

    private record CompiledLink(String label, Template url) {}

    private record Compiled(Template title, Template titleMarkdown, Template body, List<CompiledLink> links) {}

    /** @param home the address of this deployment */
    public Renderer(Wordings wordings, URI home) {
        this.wordings = wordings;
        this.home = home.toString();
    }

    private Compiled compile(Occasion occasion) {
        var wording = wordings.of(occasion);
        return new Compiled(
                PLAIN.compile(wording.title()),
                MARKDOWN.compile(wording.title()),
                MARKDOWN.compile(wording.body()),
                wording.links().stream()
                        .map(link -> new CompiledLink(link.label(), ADDRESS.compile(link.url())))
                        .toList());
    }

    public Rendered render(Message message) {
        Compiled texts = compiled.computeIfAbsent(message.occasion(), this::compile);
        Map<String, String> values = new HashMap<>(message.labels());
        values.put("recipient", message.recipient().address());
        String markdown = texts.body().execute(values);
        return new Rendered(
                texts.title().execute(values),
                texts.titleMarkdown().execute(values),
                plain(markdown),
                markdown,
                html(markdown),
                texts.links().stream()
                        .map(link -> new InboxNotificationAction(
                                link.label(), home + link.url().execute(values)))
                        .toList());
    }

    /** Markdown as text without its marks. */
    public static String plain(String markdown) {
        return TEXT.render(PARSER.parse(markdown)).strip();
    }

    private static String html(String markdown) {
        return HTML.render(PARSER.parse(markdown));
    }

    /** Any punctuation may be escaped (CommonMark 2.4); what means nothing inside a line is left for readable sources. */
    public static String escapeMarkdown(String raw) {
        var escaped = new StringBuilder(raw.length() + 8);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean first = i == 0 && "+-=".indexOf(c) >= 0;
            if (first || "\\`*_{}[]<>()#!|~&:@\"$^".indexOf(c) >= 0 || isPeriodThatMeans(raw, i)) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /** Of a numbered list, or of a name that begins with {@code www.}, which some make a link. */
    private static boolean isPeriodThatMeans(String raw, int at) {
        if (raw.charAt(at) != '.') {
            return false;
        }
        String before = raw.substring(0, at);
        return before.chars().allMatch(Character::isDigit) || before.endsWith("www") || before.endsWith("WWW");
    }
}
