package dev.cloister.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.cli.session.CommandException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemplateArchiveTest {
    @TempDir
    Path directory;

    @Test
    void filesArePackedAndToolsDirectoriesAreNot() throws Exception {
        write("t/workspace.yaml", "version: 1");
        write("t/scripts/setup.sh", "echo");
        write("t/" + "d".repeat(90) + "/" + "f".repeat(90), "long");
        write("t/.git/config", "secret");
        write("t/.terraform/providers/x", "big");
        assertThat(files(TemplateArchive.of(directory.resolve("t"))))
                .containsOnlyKeys("workspace.yaml", "scripts/setup.sh", "d".repeat(90) + "/" + "f".repeat(90))
                .containsEntry("workspace.yaml", "version: 1");
    }

    @Test
    void theSameFilesMakeTheSameBytes() throws Exception {
        write("a/workspace.yaml", "version: 1");
        write("a/b", "x");
        write("b/b", "x");
        write("b/workspace.yaml", "version: 1");
        Files.setLastModifiedTime(directory.resolve("b/b"), FileTime.from(Instant.EPOCH));
        assertThat(TemplateArchive.of(directory.resolve("a"))).isEqualTo(TemplateArchive.of(directory.resolve("b")));
    }

    @Test
    void aLinkOutOfTheDirectoryIsRefused() throws Exception {
        write("outside", "secret");
        write("t/workspace.yaml", "version: 1");
        Files.createSymbolicLink(directory.resolve("t/link"), directory.resolve("outside"));
        assertThatThrownBy(() -> TemplateArchive.of(directory.resolve("t")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("leads out of the template");
    }

    @Test
    void aLinkInsideTheDirectoryStandsForItsFile() throws Exception {
        write("t/real", "content");
        Files.createSymbolicLink(directory.resolve("t/link"), Path.of("real"));
        assertThat(files(TemplateArchive.of(directory.resolve("t")))).containsEntry("link", "content");
    }

    @Test
    void linksToDirectoriesAndDeadLinksAreRefused() throws Exception {
        write("t/sub/file", "x");
        var link = directory.resolve("t/loop");
        Files.createSymbolicLink(link, Path.of("."));
        assertThatThrownBy(() -> TemplateArchive.of(directory.resolve("t")))
                .hasMessageContaining("leads to a directory");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("nowhere"));
        assertThatThrownBy(() -> TemplateArchive.of(directory.resolve("t"))).isInstanceOf(CommandException.class);
    }

    @Test
    void moreThanAServerTakesIsRefusedBeforeItIsSent() throws Exception {
        Files.createDirectories(directory.resolve("t"));
        Files.write(directory.resolve("t/big"), new byte[TemplateArchive.MAX_BYTES]);
        assertThatThrownBy(() -> TemplateArchive.of(directory.resolve("t")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("larger than 10 MB")
                .hasMessageContaining("big");
    }

    @Test
    void whatWasPackedIsUnpackedAgain() throws Exception {
        write("t/workspace.yaml", "version: 1");
        write("t/scripts/setup.sh", "echo");
        directory.resolve("t/scripts/setup.sh").toFile().setExecutable(true);
        assertThat(TemplateExtraction.unpack(TemplateArchive.of(directory.resolve("t")), directory.resolve("u")))
                .isEqualTo(2);
        assertThat(directory.resolve("u/workspace.yaml")).hasContent("version: 1");
        assertThat(directory.resolve("u/scripts/setup.sh")).isExecutable();
    }

    @Test
    void anArchiveCannotReachOutOfTheDirectoryItIsUnpackedInto() throws Exception {
        for (var name : new String[] {"../evil", "/tmp/evil-" + System.nanoTime(), "a/../../evil", ".", "a/.."}) {
            assertThatThrownBy(() ->
                            TemplateExtraction.unpack(tar(name, TarConstants.LF_NORMAL, ""), directory.resolve("u")))
                    .as(name)
                    .isInstanceOf(CommandException.class);
        }
        assertThat(directory.resolve("evil")).doesNotExist();
    }

    @Test
    void linksAndDevicesInAnArchiveAreRefused() throws Exception {
        for (var type :
                new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO}) {
            assertThatThrownBy(() -> TemplateExtraction.unpack(tar("x", type, "/etc/passwd"), directory.resolve("u")))
                    .isInstanceOf(CommandException.class);
        }
    }

    @Test
    void aLinkThatStoodInTheDirectoryBeforeIsNotFollowed() throws Exception {
        Files.createDirectories(directory.resolve("u"));
        Files.createDirectories(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("u/sub"), directory.resolve("elsewhere"));
        assertThatThrownBy(() -> TemplateExtraction.unpack(
                        tar("sub/deep/x", TarConstants.LF_NORMAL, ""), directory.resolve("u")))
                .isInstanceOf(CommandException.class);
        assertThat(directory.resolve("elsewhere")).isEmptyDirectory();
    }

    private void write(String path, String content) throws Exception {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static byte[] tar(String name, byte type, String link) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry(name, type, true);
            entry.setLinkName(link);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static Map<String, String> files(byte[] archive) throws Exception {
        var files = new LinkedHashMap<String, String>();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), new String(tar.readAllBytes()));
            }
        }
        return files;
    }
}
