package dev.cloister.server.template;

import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplateSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** Collects the files of an archive while it is read, and stops at the first that is too much or out of place. */
final class ArchiveFiles {
    static final int MAX_ENTRIES = 4000;
    private static final int MAX_SHOWN = 100;

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final Set<String> directories = new HashSet<>();
    private int entries;
    private long bytes;

    void directory(String name) throws ArchiveException {
        count();
        String path = relative(name);
        if (!path.isEmpty()) {
            addDirectories(path + "/");
        }
    }

    void file(String name, InputStream content) throws ArchiveException, IOException {
        count();
        String path = relative(name);
        if (files.containsKey(path) || directories.contains(path)) {
            throw new ArchiveException("\"" + shown(path) + "\" is in the archive twice.");
        }
        addDirectories(path);
        byte[] read = content.readNBytes((int) (TemplateSource.MAXIMUM_BYTES - bytes) + 1);
        bytes += read.length;
        if (bytes > TemplateSource.MAXIMUM_BYTES) {
            throw new ArchiveException(
                    "The archive unpacks to more than " + TemplateSource.MAXIMUM_BYTES / (1024 * 1024)
                            + " MiB. Leave out what the template does not need.");
        }
        files.put(path, read);
    }

    /** A name without the {@code ./} that many tools put before it. */
    private static String relative(String name) throws ArchiveException {
        String path = name;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        if (path.equals(".")) {
            return "";
        }
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (name.startsWith("/") || name.indexOf('\\') >= 0 || path.contains("//") || hasDots(path)) {
            throw new ArchiveException(
                    "\"" + shown(name) + "\" does not stay inside the template. Use plain relative paths.");
        }
        return path;
    }

    private static boolean hasDots(String path) {
        for (String part : path.split("/", -1)) {
            if (part.equals(".") || part.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private void addDirectories(String path) throws ArchiveException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String directory = path.substring(0, slash);
            if (files.containsKey(directory)) {
                throw new ArchiveException("\"" + shown(directory) + "\" is both a file and a directory.");
            }
            directories.add(directory);
        }
    }

    private void count() throws ArchiveException {
        if (++entries > MAX_ENTRIES) {
            throw tooMany();
        }
    }

    static ArchiveException tooMany() {
        return new ArchiveException(
                "The archive has more than " + MAX_ENTRIES + " entries. Leave out what the template does not need.");
    }

    /** A name for a message: bounded, without control characters. */
    static String shown(String name) {
        String bounded = name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
        return bounded.replaceAll("\\p{Cntrl}", "?");
    }

    TemplateSource source() throws ArchiveException {
        if (files.isEmpty()) {
            throw new ArchiveException("The archive has no files.");
        }
        try {
            return TemplateSource.of(files);
        } catch (TemplateException e) {
            throw new ArchiveException(String.valueOf(e.getMessage()), e);
        }
    }
}
