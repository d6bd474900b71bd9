package dev.cloister.server.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.provisioner.TemplateSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a template's README says of it before its text: lines of a name and a value between two lines of three hyphens.
 *
 * @param values by name, such as {@code display_name}
 * @param text what people read
 */
record FrontMatter(Map<String, String> values, String text) {
    private static final String FENCE = "---\n";

    static FrontMatter of(TemplateSource source) {
        String readme =
                source.file("README.md").map(bytes -> new String(bytes, UTF_8)).orElse("");
        int end = readme.startsWith(FENCE) ? readme.indexOf("\n" + FENCE, FENCE.length() - 1) : -1;
        if (end < 0) {
            return new FrontMatter(Map.of(), readme);
        }
        var values = new HashMap<String, String>();
        for (String line : readme.substring(FENCE.length(), end + 1).lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return new FrontMatter(
                Map.copyOf(values), readme.substring(end + 1 + FENCE.length()).stripLeading());
    }

    /** No more than what the template is called. */
    TemplatePlan plan() {
        return new TemplatePlan(
                values.getOrDefault("display_name", ""),
                values.getOrDefault("description", ""),
                values.getOrDefault("icon", ""),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
