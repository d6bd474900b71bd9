package dev.cloister.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinariesTest {
    @TempDir
    Path directory;

    @Test
    void aDamagedProgramIsNoticedAndUnpackedAgain() throws Exception {
        var archive = BinariesArchive.forThisMachine();
        var progress = new ArrayList<String>();
        var first = Binaries.unpacked(directory, archive, progress::add);
        assertThat(first.version()).matches("\\d+\\.\\d+.*");
        assertThat(first.majorVersion()).isEqualTo("18");
        assertThat(Binaries.unpacked(directory, archive, progress::add)).isEqualTo(first);
        assertThat(progress).hasSize(1);

        var program = first.program("initdb");
        var bytes = Files.readAllBytes(program);
        bytes[bytes.length / 2] ^= 1;
        Files.write(program, bytes);
        Binaries.unpacked(directory, archive, progress::add);
        assertThat(progress).hasSize(2);
        bytes[bytes.length / 2] ^= 1;
        assertThat(Files.readAllBytes(program)).isEqualTo(bytes);
        try (var entries = Files.list(directory)) {
            assertThat(entries).containsExactly(first.root());
        }
    }

    @Test
    void aFileCutShortIsNoticed() throws Exception {
        Files.writeString(directory.resolve("a"), "four");
        var hash = "0".repeat(64);
        var list = new ContentsList("", List.of(new ContentsList.Item(4, hash, "a")));
        list.write(directory.resolve("contents"), "18.6");
        var read = ContentsList.read(Files.readString(directory.resolve("contents")));
        assertThat(read.verifiedVersion(directory)).isEqualTo("18.6");
        Files.writeString(directory.resolve("a"), "fou");
        assertThat(read.verifiedVersion(directory)).isNull();
        assertThat(ContentsList.read("nonsense").verifiedVersion(directory)).isNull();
    }

    @Test
    void namesAndLinksThatLeadOutAreRefused() {
        assertThatThrownBy(() -> unpack("../outside", TarConstants.LF_NORMAL, ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads out");
        assertThatThrownBy(() -> unpack("lib/link", TarConstants.LF_SYMLINK, "../../etc"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads out");
        assertThatThrownBy(() -> unpack("lib/pipe", TarConstants.LF_FIFO, ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither file");
        assertThatThrownBy(() -> unpack("lib/hard", TarConstants.LF_LINK, "/etc/passwd"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither file");
    }

    private void unpack(String name, byte type, String link) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
            var entry = new TarArchiveEntry(name, type);
            entry.setLinkName(link);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        ArchiveUnpacker.unpack(
                new ByteArrayInputStream(bytes.toByteArray()), Files.createTempDirectory(directory, "target"));
    }
}
