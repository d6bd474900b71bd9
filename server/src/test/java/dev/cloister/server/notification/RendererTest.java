package dev.cloister.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.notification.delivery.Rendered;
import dev.cloister.server.notification.delivery.Renderer;
import dev.cloister.server.notification.delivery.Wordings;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The wording of every occasion, and what hostile labels do to it. */
class RendererTest {
    private static final Renderer RENDERER = new Renderer(new Wordings(), URI.create("https://cloister.example.com"));

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{[#{]?([a-z]+)");

    private static Rendered render(Notice notice) {
        return RENDERER.render(new Message(
                UUID.randomUUID(),
                notice.occasion(),
                Method.INBOX,
                new Message.Recipient(UUID.randomUUID(), "ann", "", "ann@example.com"),
                notice.labels(),
                List.of(),
                UUID.randomUUID(),
                1,
                true,
                Instant.now()));
    }

    @ParameterizedTest
    @EnumSource(Occasion.class)
    void everyOccasionHasWords(Occasion occasion) {
        var wording = new Wordings().of(occasion);
        Notice notice = Notice.of(occasion, "admin");
        var variables = VARIABLE.matcher(wording.title() + wording.body() + wording.links());
        while (variables.find()) {
            notice = notice.with(variables.group(1), "some" + variables.group(1));
        }
        Rendered words = render(notice);
        assertThat(words.title()).isNotBlank();
        assertThat(words.body())
                .isNotBlank()
                .doesNotContain("{{")
                .doesNotContain("**")
                .contains("some");
        assertThat(words.actions()).allMatch(link -> link.url().startsWith("https://cloister.example.com/"));
    }

    @Test
    void aLabelIsTextWhateverItLooksLike() {
        for (String hostile : List.of(
                "[x](https://evil.example)",
                "![x](https://evil.example/pixel)",
                "<script>alert(1)</script>",
                "https://evil.example",
                "**bold** `code` # head",
                "&lt;b&gt;",
                "1. one",
                "- item")) {
            Rendered words = render(Notice.of(Occasion.TEMPLATE_DELETED, "x").with("initiator", hostile));
            assertThat(words.body()).as(hostile).contains(hostile);
            assertThat(words.bodyHtml())
                    .as(hostile)
                    .doesNotContain("<a ")
                    .doesNotContain("<img")
                    .doesNotContain("<script")
                    .doesNotContain("<code")
                    .doesNotContain("<li");
        }
    }

    @Test
    void aLabelInALinkStaysInItsPlace() {
        Rendered words = render(Notice.of(Occasion.WORKSPACE_CREATED, "x")
                .with("owner", "a/../../login?next=//evil.example#")
                .with("workspace", "w"));
        assertThat(words.actions().getFirst().url())
                .isEqualTo("https://cloister.example.com/@a%2F..%2F..%2Flogin%3Fnext%3D%2F%2Fevil.example%23/w");
    }

    @Test
    void aLabelIsOneLineOfBoundedLength() {
        Notice notice = Notice.of(Occasion.TEST, "x\ny")
                .with("a", "one\r\ntwo\0\u2028three")
                .with("b", "x".repeat(5000));
        assertThat(notice.by()).isEqualTo("x y");
        assertThat(notice.labels().get("a")).isEqualTo("one two three");
        assertThat(notice.labels().get("b")).hasSize(1001);
    }

    @Test
    void whatOneTellsOneselfIsMarkdownWithoutHtml() {
        Rendered words = render(Notice.of(Occasion.CUSTOM, "x")
                .with("title", "T")
                .withMarkdown("message", "**bold** <script>alert(1)</script> [x](javascript:alert(1))"));
        assertThat(words.bodyHtml())
                .contains("<strong>bold</strong>")
                .doesNotContain("<script>")
                .doesNotContain("javascript:");
    }
}
