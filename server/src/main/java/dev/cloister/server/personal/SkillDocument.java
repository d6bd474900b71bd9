package dev.cloister.server.personal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.server.platform.Failure;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A skill as people write it: a YAML header between two lines of three hyphens, then Markdown. */
record SkillDocument(String name, String description, String content) {
    private static final int LARGEST = 64 * 1024;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final String FENCE = "---";

    static SkillDocument parse(String content) {
        if (content.getBytes(UTF_8).length > LARGEST) {
            throw invalid("Must not be larger than " + LARGEST + " bytes.");
        }
        String text = content.replace("\r\n", "\n");
        int end = text.indexOf("\n" + FENCE, FENCE.length());
        if (!text.startsWith(FENCE + "\n") || end < 0) {
            throw invalid("Must begin with a YAML header between two lines of three hyphens.");
        }
        int body = text.indexOf('\n', end + 1);
        if (body < 0
                || !text.substring(end + 1, body).strip().equals(FENCE)
                || text.substring(body).isBlank()) {
            throw invalid("Must have text after its header.");
        }
        return header(text.substring(FENCE.length() + 1, end + 1), content);
    }

    private static SkillDocument header(String yaml, String content) {
        String name = "";
        String description = "";
        try {
            var settings = LoadSettings.builder()
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(0)
                    .setCodePointLimit(LARGEST)
                    .build();
            var root = new Compose(settings).composeString(yaml);
            if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
                throw invalid("Its header must hold \"name: value\" lines.");
            }
            for (var tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && tuple.getValueNode() instanceof ScalarNode value) {
                    name = key.getValue().equals("name") ? value.getValue() : name;
                    description = key.getValue().equals("description") ? value.getValue() : description;
                }
            }
        } catch (YamlEngineException e) {
            throw invalid("Its header is no valid YAML.");
        }
        if (name.length() > 64 || !NAME.matcher(name).matches()) {
            throw invalid("Its header must have a name of 1 to 64 small letters, digits and single hyphens.");
        }
        if (description.length() > 1024) {
            throw invalid("Its description must have at most 1024 characters.");
        }
        return new SkillDocument(name, description, content);
    }

    private static Failure invalid(String problem) {
        return new Failure.Invalid("Validation failed.", "content", problem);
    }
}
