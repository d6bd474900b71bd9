package dev.cloister.provisioner;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a template, held in memory, and the values of its variables; paths are relative, with {@code /} between
 * parts.
 */
public final class TemplateSource {
    /** Of all files together. */
    public static final int MAXIMUM_BYTES = 10 * 1024 * 1024;

    private static final int MAXIMUM_FILES = 2000;
    private static final int MAXIMUM_PATH = 1024;

    private final SortedMap<String, byte[]> files;
    private final Map<String, String> variables;

    private TemplateSource(SortedMap<String, byte[]> files, Map<String, String> variables) {
        this.files = files;
        this.variables = Map.copyOf(variables);
    }

    /**
     * Takes the files as given; contents are copied.
     *
     * @throws TemplateException when a path leaves the template, or there is too much
     */
    public static TemplateSource of(Map<String, byte[]> files) throws TemplateException {
        if (files.size() > MAXIMUM_FILES) {
            throw refused("", "has " + files.size() + " files; at most " + MAXIMUM_FILES + " are allowed");
        }
        var copy = new TreeMap<String, byte[]>();
        long total = 0;
        for (var file : files.entrySet()) {
            var path = file.getKey();
            if (!isRelative(path)) {
                throw refused(path, "is not a plain relative path inside the template");
            }
            total += file.getValue().length;
            copy.put(path, file.getValue().clone());
        }
        if (total > MAXIMUM_BYTES) {
            throw refused("", "is larger than " + MAXIMUM_BYTES / (1024 * 1024) + " MiB; remove what it does not need");
        }
        return new TemplateSource(copy, Map.of());
    }

    /** The same files with values for their variables, by name. */
    public TemplateSource with(Map<String, String> values) {
        return new TemplateSource(files, values);
    }

    /** What the importer gave; the defaults of other variables are the template's. */
    public Map<String, String> variables() {
        return variables;
    }

    /** The content of a file, a copy. */
    public Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    /** All paths, sorted. */
    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    private static TemplateException refused(String path, String message) {
        return new TemplateException(new TemplateProblem(path.isEmpty() ? "template" : path, 0, 0, "", message));
    }

    private static boolean isRelative(String path) {
        if (path.isEmpty() || path.length() > MAXIMUM_PATH || path.indexOf('\\') >= 0) {
            return false;
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        for (var part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
