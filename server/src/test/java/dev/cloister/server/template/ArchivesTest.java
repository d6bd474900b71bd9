package dev.cloister.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.provisioner.TemplateSource;
import dev.cloister.server.testing.TestWorkspaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {
    private interface Filling<T> {
        void fill(T archive) throws IOException;
    }

    private static byte[] tar(Filling<TarArchiveOutputStream> filling) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            filling.fill(tar);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Filling<ZipArchiveOutputStream> filling) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipArchiveOutputStream(bytes)) {
            filling.fill(zip);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void file(ZipArchiveOutputStream zip, String name, byte[] content) throws IOException {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.write(content);
        zip.closeArchiveEntry();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void filesOfATarAreReadWithAndWithoutALeadingDot() throws Exception {
        var source = Archives.readTar(tar(tar -> {
            file(tar, "./workspace.yaml", text("version: 1"));
            file(tar, "scripts/start.sh", text("echo"));
        }));
        assertThat(source.paths()).containsExactly("scripts/start.sh", "workspace.yaml");
        assertThat(source.file("workspace.yaml")).contains(text("version: 1"));
    }

    @Test
    void filesOfAZipAreRead() throws Exception {
        var source = Archives.readZip(zip(zip -> {
            zip.putArchiveEntry(new ZipArchiveEntry("scripts/"));
            zip.closeArchiveEntry();
            file(zip, "scripts/start.sh", text("echo"));
            file(zip, "workspace.yaml", text("version: 1"));
        }));
        assertThat(source.paths()).containsExactly("scripts/start.sh", "workspace.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "a/../../outside", "/etc/passwd", "a//b", "a/./b", "..", "a/.."})
    void aNameThatDoesNotStayInsideIsRefused(String name) throws Exception {
        byte[] tar = tar(archive -> file(archive, name, text("x")));
        assertThatThrownBy(() -> Archives.readTar(tar)).isInstanceOf(ArchiveException.class);
        byte[] zip = zip(archive -> file(archive, name, text("x")));
        assertThatThrownBy(() -> Archives.readZip(zip)).isInstanceOf(ArchiveException.class);
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            })
    void aSpecialFileInATarIsRefused(byte kind) throws Exception {
        byte[] tar = tar(archive -> {
            var entry = new TarArchiveEntry("link", kind);
            entry.setLinkName("/etc/passwd");
            archive.putArchiveEntry(entry);
            archive.closeArchiveEntry();
        });
        assertThatThrownBy(() -> Archives.readTar(tar))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("link");
    }

    @Test
    void aSymbolicLinkInAZipIsRefused() throws Exception {
        byte[] zip = zip(archive -> {
            var entry = new ZipArchiveEntry("link");
            entry.setUnixMode(0120777);
            archive.putArchiveEntry(entry);
            archive.write(text("/etc/passwd"));
            archive.closeArchiveEntry();
        });
        assertThatThrownBy(() -> Archives.readZip(zip)).isInstanceOf(ArchiveException.class);
    }

    @Test
    void aNameTwiceIsRefused() throws Exception {
        byte[] tar = tar(archive -> {
            file(archive, "workspace.yaml", text("one"));
            file(archive, "./workspace.yaml", text("two"));
        });
        assertThatThrownBy(() -> Archives.readTar(tar)).hasMessageContaining("twice");
    }

    @Test
    void aFileThatIsAlsoADirectoryIsRefused() throws Exception {
        byte[] tar = tar(archive -> {
            file(archive, "a", text("file"));
            file(archive, "a/b", text("below it"));
        });
        assertThatThrownBy(() -> Archives.readTar(tar)).isInstanceOf(ArchiveException.class);
    }

    @Test
    void aSmallArchiveOfAVeryLargeFileIsRefused() throws Exception {
        byte[] zeros = new byte[1 << 20];
        byte[] zip = zip(archive -> {
            archive.putArchiveEntry(new ZipArchiveEntry("zeros"));
            for (int i = 0; i < 64; i++) {
                archive.write(zeros);
            }
            archive.closeArchiveEntry();
        });
        assertThat(zip).hasSizeLessThan(TemplateSource.MAXIMUM_BYTES / 10);
        assertThatThrownBy(() -> Archives.readZip(zip)).hasMessageContaining("unpacks to more than");
    }

    @Test
    void manyFilesThatAreTooMuchTogetherAreRefused() throws Exception {
        byte[] megabyte = new byte[1 << 20];
        byte[] zip = zip(archive -> {
            for (int i = 0; i < 12; i++) {
                file(archive, "file" + i, megabyte);
            }
        });
        assertThatThrownBy(() -> Archives.readZip(zip)).hasMessageContaining("unpacks to more than");
    }

    @Test
    void veryManyEntriesAreRefused() throws Exception {
        byte[] tar = tar(archive -> {
            for (int i = 0; i <= ArchiveFiles.MAX_ENTRIES; i++) {
                file(archive, "f" + i, new byte[0]);
            }
        });
        assertThatThrownBy(() -> Archives.readTar(tar)).hasMessageContaining("entries");
        byte[] zip = zip(archive -> {
            for (int i = 0; i <= ArchiveFiles.MAX_ENTRIES; i++) {
                file(archive, "f" + i, new byte[0]);
            }
        });
        assertThatThrownBy(() -> Archives.readZip(zip)).hasMessageContaining("entries");
    }

    @Test
    void whatIsNoArchiveIsRefused() throws Exception {
        byte[] noise = new byte[4096];
        Arrays.fill(noise, (byte) 'x');
        assertThatThrownBy(() -> Archives.readTar(noise)).isInstanceOf(ArchiveException.class);
        assertThatThrownBy(() -> Archives.readZip(noise)).isInstanceOf(ArchiveException.class);
        assertThatThrownBy(() -> Archives.readTar(new byte[0])).hasMessageContaining("no files");
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(TestWorkspaces.tar(Map.of("workspace.yaml", "version: 1")));
        }
        assertThatThrownBy(() -> Archives.readTar(packed.toByteArray())).isInstanceOf(ArchiveException.class);
    }

    @Test
    void aTarThatEndsInTheMiddleIsRefused() throws Exception {
        byte[] whole = tar(archive -> file(archive, "workspace.yaml", new byte[5000]));
        assertThatThrownBy(() -> Archives.readTar(Arrays.copyOf(whole, 2000))).isInstanceOf(ArchiveException.class);
    }

    @Test
    void theSameFilesMakeTheSameTar() throws Exception {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("b", text("2"));
        files.put("a/very/long/" + "name".repeat(60), text("1"));
        byte[] tar = Archives.writeTar(new TreeMap<>(files));
        assertThat(Archives.writeTar(new TreeMap<>(files))).isEqualTo(tar);
        assertThat(Archives.readTar(tar).paths()).containsExactlyElementsOf(new TreeMap<>(files).keySet());
    }
}
