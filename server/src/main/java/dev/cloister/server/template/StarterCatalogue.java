package dev.cloister.server.template;

import dev.cloister.contract.api.TemplateExample;
import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.terraform.TerraformEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The templates that come with the product: one directory each, packaged with the server. They are read and checked
 * when somebody first asks for them, because most starts of a server do not need them.
 */
public final class StarterCatalogue {
    private static final String DIRECTORY = "starter-templates";

    private final Supplier<Map<String, Starter>> load;
    private @Nullable Map<String, Starter> starters;

    /** A template that comes with the product. */
    record Starter(String id, TemplateSource source, TemplatePlan plan, byte[] tar) {
        /** Its README, empty where it has none. */
        String markdown() {
            return FrontMatter.of(source).text();
        }

        String displayName() {
            return plan.name().isEmpty() ? id : plan.name();
        }
    }

    private StarterCatalogue(Supplier<Map<String, Starter>> load) {
        this.load = load;
    }

    /** What is packaged. A template that the engine refuses is a fault of the package. */
    public static StarterCatalogue of(Engine engine) {
        return new StarterCatalogue(() -> load(engine));
    }

    private synchronized Map<String, Starter> starters() {
        if (starters == null) {
            starters = load.get();
        }
        return starters;
    }

    private static Map<String, Starter> load(Engine engine) {
        URL directory = StarterCatalogue.class.getClassLoader().getResource(DIRECTORY);
        if (directory == null) {
            return Map.of();
        }
        try {
            URI uri = directory.toURI();
            if (!uri.getScheme().equals("jar")) {
                return load(Path.of(uri), engine);
            }
            try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
                return load(jar.getPath(DIRECTORY), engine);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has an address that is none", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the starter templates cannot be read", e);
        }
    }

    /** Reads the directories below one. */
    private static Map<String, Starter> load(Path directory, Engine engine) throws IOException {
        var starters = new LinkedHashMap<String, Starter>();
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.filter(Files::isDirectory).sorted().toList()) {
                String id = child.getFileName().toString().replace("/", "");
                starters.put(id, read(id, child, engine));
            }
        }
        return Map.copyOf(starters);
    }

    private static Starter read(String id, Path directory, Engine engine) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        try {
            var source = TemplateSource.of(files);
            return new Starter(id, source, plan(source, engine), Archives.writeTar(files));
        } catch (TemplateException e) {
            throw new IllegalStateException("the starter template " + id + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** What one of Terraform asks for is found when it is imported; what it is called stands in its README. */
    private static TemplatePlan plan(TemplateSource source, Engine engine) throws TemplateException {
        return TerraformEngine.takes(source) ? FrontMatter.of(source).plan() : engine.plan(source);
    }

    /** The example of that name as an archive. */
    Optional<byte[]> tar(String id) {
        return find(id).map(Starter::tar);
    }

    Optional<Starter> find(String id) {
        return Optional.ofNullable(starters().get(id));
    }

    List<TemplateExample> examples() {
        return starters().values().stream()
                .map(starter -> new TemplateExample(
                        starter.id(),
                        "",
                        starter.displayName(),
                        starter.plan().description(),
                        starter.plan().icon(),
                        List.of(),
                        starter.markdown()))
                .sorted(Comparator.comparing(TemplateExample::id))
                .toList();
    }
}
