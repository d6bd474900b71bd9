package dev.cloister.server.notification.delivery;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.cloister.contract.api.InboxNotificationAction;
import dev.cloister.server.notification.Message;
import java.util.List;
import java.util.Map;

/** The two forms of a mail's text. */
final class MailPage {
    private static final Template HTML =
            Mustache.compiler().withEscaper(Escapers.HTML).compile("""
                    <!doctype html>
                    <html lang="en"><head><meta charset="utf-8"><title>{{title}}</title></head>
                    <body style="font-family: sans-serif; line-height: 1.5; color: #1b1b1f; max-width: 36rem">
                    <p>Hello {{recipient}},</p>
                    <h1 style="font-size: 1.1rem">{{title}}</h1>
                    {{{body}}}
                    {{#links}}<p><a href="{{url}}">{{label}}</a></p>
                    {{/links}}
                    <p style="font-size: .8rem; color: #5c5c66">Cloister sent you this. What you are told you choose in
                    your account's settings, under Notifications.</p>
                    </body></html>
                    """);

    private MailPage() {}

    static String html(Message message, Rendered words) {
        return HTML.execute(Map.of(
                "title",
                words.title(),
                "recipient",
                message.recipient().address(),
                "body",
                words.bodyHtml(),
                "links",
                links(words)));
    }

    private static List<Map<String, String>> links(Rendered words) {
        return words.actions().stream()
                .map(link -> Map.of("label", link.label(), "url", link.url()))
                .toList();
    }

    static String text(Message message, Rendered words) {
        var text = new StringBuilder("Hello ")
                .append(message.recipient().address())
                .append(",\n\n")
                .append(words.body())
                .append('\n');
        for (InboxNotificationAction link : words.actions()) {
            text.append('\n')
                    .append(link.label())
                    .append(": ")
                    .append(link.url())
                    .append('\n');
        }
        return text.append("\nCloister sent you this. What you are told you choose in your account's settings, under"
                        + " Notifications.\n")
                .toString();
    }
}
