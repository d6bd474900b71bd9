package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads YAML into plain values and nothing else: no object construction, one document, bounded in size, depth and
 * expansion.
 */
final class YamlReader {
    static final int MAXIMUM_BYTES = 256 * 1024;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(MAXIMUM_BYTES)
            .setMaxAliasesForCollections(10_000)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .build();

    private YamlReader() {}

    static YamlDocument read(byte[] content, Problems problems) throws TemplateException {
        if (content.length > MAXIMUM_BYTES) {
            throw problems.single(
                    Place.START,
                    FieldPath.ROOT,
                    "is larger than 256 KiB; move long scripts into the repository or the image");
        }
        var node = compose(text(content, problems), problems)
                .orElseThrow(() -> problems.single(Place.START, FieldPath.ROOT, "is empty; begin with \"version: 1\""));
        return new YamlConversion(problems).convert(node);
    }

    private static String text(byte[] content, Problems problems) throws TemplateException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problems.single(Place.START, FieldPath.ROOT, "is not UTF-8 text; save it as UTF-8");
        }
    }

    private static Optional<Node> compose(String text, Problems problems) throws TemplateException {
        try {
            return new Compose(SETTINGS).composeString(text);
        } catch (MarkedYamlEngineException e) {
            var place = e.getProblemMark().map(Place::of).orElse(Place.START);
            throw problems.single(place, FieldPath.ROOT, "is not valid YAML: " + oneLine(e.getProblem()));
        } catch (YamlEngineException e) {
            throw problems.single(
                    Place.START, FieldPath.ROOT, "is not valid YAML: " + oneLine(String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            throw problems.single(Place.START, FieldPath.ROOT, "is nested too deeply");
        }
    }

    private static String oneLine(String message) {
        var line = message.lines().findFirst().orElse("");
        return line.length() > 300 ? line.substring(0, 300) : line;
    }
}
