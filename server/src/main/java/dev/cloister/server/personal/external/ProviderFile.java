package dev.cloister.server.personal.external;

import dev.cloister.contract.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the operator's file of providers: a YAML list, each entry a few keys with texts. */
final class ProviderFile {
    private static final int LARGEST = 256 * 1024;
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Set<String> KEYS = Set.of(
            "id",
            "type",
            "client-id",
            "client-secret",
            "client-secret-file",
            "auth-url",
            "token-url",
            "validate-url",
            "device-url",
            "revoke-url",
            "scopes",
            "regex",
            "display-name",
            "display-icon",
            "no-refresh",
            "device-flow",
            "pkce");

    private final Path file;
    private final Map<String, String> given;
    private final String where;

    private ProviderFile(Path file, Map<String, String> given, int number) {
        this.file = file;
        this.given = given;
        this.where = file + ", entry " + number;
    }

    /** @throws IOException with a sentence for the operator */
    static List<Provider> read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("The file of providers " + file + " is too large for what it should hold.");
        }
        var entries = entries(file);
        var providers = new java.util.ArrayList<Provider>();
        var ids = new HashSet<String>();
        for (int i = 0; i < entries.size(); i++) {
            Provider provider = new ProviderFile(file, entries.get(i), i + 1).provider();
            if (!ids.add(provider.id())) {
                throw new IOException(file + ": two providers are called \"" + provider.id() + "\": give each an id.");
            }
            providers.add(provider);
        }
        return List.copyOf(providers);
    }

    private static List<Map<String, String>> entries(Path file) throws IOException {
        try {
            var settings = LoadSettings.builder()
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(0)
                    .build();
            var root = new Compose(settings).composeString(Files.readString(file));
            if (root.isEmpty()) {
                return List.of();
            }
            if (!(root.get() instanceof SequenceNode list)) {
                throw new IOException(file + " must be a list of providers.");
            }
            var entries = new java.util.ArrayList<Map<String, String>>();
            for (Node entry : list.getValue()) {
                entries.add(entry(file, entry));
            }
            return entries;
        } catch (YamlEngineException e) {
            throw new IOException(file + " is not valid YAML.");
        }
    }

    private static Map<String, String> entry(Path file, Node node) throws IOException {
        if (!(node instanceof MappingNode mapping)) {
            throw new IOException(file + ": a provider must be written as \"name: value\" lines.");
        }
        var values = new HashMap<String, String>();
        for (var tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!KEYS.contains(key)) {
                throw new IOException(file + ": \"" + key + "\" is no key of a provider. There are: "
                        + String.join(", ", KEYS.stream().sorted().toList()));
            }
            values.put(key, text(file, key, tuple.getValueNode()));
        }
        return values;
    }

    private static String text(Path file, String key, Node node) throws IOException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        if (node instanceof SequenceNode list && list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            return list.getValue().stream()
                    .map(item -> ((ScalarNode) item).getValue())
                    .collect(Collectors.joining(","));
        }
        throw new IOException(file + ": " + key + " must be a text or a list of texts.");
    }

    private String value(String key) {
        String own = given.get(key);
        return own != null ? own : Presets.of(given.getOrDefault("type", "")).getOrDefault(key, "");
    }

    private String needed(String key) throws IOException {
        String value = value(key);
        if (value.isEmpty()) {
            throw new IOException(where + ": " + key + " is missing.");
        }
        return value;
    }

    private Provider provider() throws IOException {
        String type = needed("type");
        String id = value("id").isEmpty() ? type : value("id");
        if (!ID.matcher(id).matches()) {
            throw new IOException(where + ": id must have 1 to 40 small letters, digits and hyphens between them.");
        }
        URI device = urlOrNull("device-url");
        boolean deviceFlow = flag("device-flow", false);
        if (deviceFlow && device == null) {
            throw new IOException(where + ": device-flow needs device-url.");
        }
        return new Provider(
                id,
                type,
                needed("client-id"),
                clientSecret(deviceFlow),
                url("auth-url"),
                url("token-url"),
                urlOrNull("validate-url"),
                device,
                urlOrNull("revoke-url"),
                Arrays.stream(value("scopes").split("[, ]+"))
                        .filter(scope -> !scope.isEmpty())
                        .toList(),
                regex(),
                value("display-name").isEmpty() ? id : value("display-name"),
                value("display-icon"),
                !flag("no-refresh", false),
                deviceFlow,
                flag("pkce", true));
    }

    private Secret clientSecret(boolean deviceFlow) throws IOException {
        String path = value("client-secret-file");
        String text = value("client-secret");
        if (!path.isEmpty()) {
            Path secret = file.toAbsolutePath().resolveSibling(path);
            requirePrivate(secret);
            text = Files.readString(secret).strip();
        } else if (!text.isEmpty()) {
            requirePrivate(file);
        }
        if (text.isEmpty() && !deviceFlow) {
            throw new IOException(where + ": client-secret or client-secret-file is missing.");
        }
        return Secret.of(text);
    }

    private static void requirePrivate(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException(file + " holds a secret, but other users can read it: chmod 600 " + file);
        }
    }

    private @Nullable Pattern regex() throws IOException {
        try {
            return value("regex").isEmpty() ? null : Pattern.compile(value("regex"));
        } catch (PatternSyntaxException e) {
            throw new IOException(where + ": regex is no regular expression.");
        }
    }

    private boolean flag(String key, boolean otherwise) throws IOException {
        return switch (value(key)) {
            case "" -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw new IOException(where + ": " + key + " must be true or false.");
        };
    }

    private @Nullable URI urlOrNull(String key) throws IOException {
        return value(key).isEmpty() ? null : url(key);
    }

    /** Tokens and codes go there: encrypted, except to this machine. */
    private URI url(String key) throws IOException {
        try {
            var url = URI.create(needed(key));
            boolean here = Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(url.getHost()));
            if (url.getHost() != null
                    && url.getRawFragment() == null
                    && ("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && here))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IOException(where + ": " + key + " must be an address that begins with https://.");
    }
}
