package dev.cloister.gateway.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The pages that a visitor sees in place of an app. Plain, complete, and without any script. */
public final class AppPages {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 34rem; padding: 0 1rem;
                   color: #1c1e21; background: #fff }
            h1 { font-size: 1.4rem }
            @media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #17191c } }
            </style></head>
            <body><main><h1>%s</h1><p>%s</p></main></body></html>
            """;

    private AppPages() {}

    /** Answers with a page; the texts are shown as they are. */
    public static void write(Response response, Callback callback, int status, String title, String text) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                        + "frame-ancestors 'none'");
        response.setStatus(status);
        String page = String.format(PAGE, escaped(title), escaped(title), escaped(text));
        response.write(true, ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)), callback);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
