import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Gives the classes of a jar that were compiled for Java 5 or older the stack maps of Java 8, without changing what they
 * do: an ahead-of-time cache leaves older classes out, and each start would read and verify them anew.
 *
 * <p>Run by the build as a source file: {@code java VerifiableClasses.java JAR...}. Leaves other jars as they are.
 */
final class VerifiableClasses {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
    private static final int MAJOR_OFFSET = 6;

    private VerifiableClasses() {}

    public static void main(String[] jars) throws IOException {
        for (var jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        var entries = read(jar);
        if (entries.entrySet().stream().noneMatch(VerifiableClasses::isOld)) {
            return;
        }
        var hierarchy = ClassHierarchyResolver.ofResourceParsing(description -> {
                    var name = description.descriptorString();
                    var content = entries.get(name.substring(1, name.length() - 1) + ".class");
                    return content == null ? null : new java.io.ByteArrayInputStream(content);
                })
                .orElse(ClassHierarchyResolver.defaultResolver());
        var format = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
        entries.replaceAll((name, content) -> isOld(Map.entry(name, content)) ? renewed(format, content) : content);
        write(jar, entries);
    }

    private static boolean isOld(Map.Entry<String, byte[]> entry) {
        var content = entry.getValue();
        return entry.getKey().endsWith(".class")
                && ((content[MAJOR_OFFSET] & 0xff) << 8 | content[MAJOR_OFFSET + 1] & 0xff) < FIRST_WITH_STACK_MAPS;
    }

    private static byte[] renewed(ClassFile format, byte[] content) {
        // Every instruction goes through the builder: a method that is copied as it is gets no stack map.
        var methods = ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
        var version = ClassTransform.endHandler(
                type -> type.with(ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)));
        return format.transformClass(format.parse(content), methods.andThen(version));
    }

    private static Map<String, byte[]> read(Path jar) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var in = new ZipInputStream(Files.newInputStream(jar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
        var content = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(content)) {
            for (var entry : entries.entrySet()) {
                var written = new ZipEntry(entry.getKey());
                written.setTime(0); // the same jar gives the same bytes, and the same name for its directory
                out.putNextEntry(written);
                out.write(entry.getValue());
            }
        }
        var beside = jar.resolveSibling(jar.getFileName() + ".new");
        Files.write(beside, content.toByteArray());
        Files.move(beside, jar, StandardCopyOption.ATOMIC_MOVE);
    }
}
