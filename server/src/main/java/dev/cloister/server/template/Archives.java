package dev.cloister.server.template;

import dev.cloister.provisioner.TemplateSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Reads the archives that people upload, into memory and nowhere else. Nothing in an archive is believed: links and
 * devices are refused, names must stay inside and must not repeat, and what it unpacks to is counted while it is
 * unpacked, because a small archive can hold a great deal (CWE-22, CWE-59, CWE-409).
 */
final class Archives {
    private static final byte[] ZIP_ENTRY = {'P', 'K', 1, 2};

    private Archives() {}

    /** The files of an uncompressed tar archive. */
    static TemplateSource readTar(byte[] archive) throws ArchiveException {
        var files = new ArchiveFiles();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) {
                    files.directory(entry.getName());
                } else if (isPlain(entry)) {
                    files.file(entry.getName(), tar);
                } else {
                    throw new ArchiveException("\"" + ArchiveFiles.shown(entry.getName())
                            + "\" is a link, a device or another special file; a template has plain files only.");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveException("The file is not a readable tar archive without compression.", e);
        }
        return files.source();
    }

    private static boolean isPlain(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isSymbolicLink()
                && !entry.isLink()
                && !entry.isSparse()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO();
    }

    /** The files of a zip archive. */
    static TemplateSource readZip(byte[] archive) throws ArchiveException {
        requireFewEntries(archive);
        var files = new ArchiveFiles();
        try (var channel = new SeekableInMemoryByteChannel(archive);
                var zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            var entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                if (entry.isDirectory()) {
                    files.directory(entry.getName());
                } else if (isPlain(entry) && zip.canReadEntryData(entry)) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        files.file(entry.getName(), content);
                    }
                } else {
                    throw new ArchiveException("\"" + ArchiveFiles.shown(entry.getName())
                            + "\" is a link, encrypted, or packed in a way that is not read here.");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveException("The file is not a readable zip archive.", e);
        }
        return files.source();
    }

    private static boolean isPlain(ZipArchiveEntry entry) {
        return !entry.isUnixSymlink() && !entry.getGeneralPurposeBit().usesEncryption();
    }

    /** The directory of a zip is read as a whole, so that its length is looked at first. */
    private static void requireFewEntries(byte[] archive) throws ArchiveException {
        int entries = 0;
        for (int i = 0; i + ZIP_ENTRY.length <= archive.length; i++) {
            boolean entry = archive[i] == ZIP_ENTRY[0]
                    && archive[i + 1] == ZIP_ENTRY[1]
                    && archive[i + 2] == ZIP_ENTRY[2]
                    && archive[i + 3] == ZIP_ENTRY[3];
            if (entry && ++entries > ArchiveFiles.MAX_ENTRIES) {
                throw ArchiveFiles.tooMany();
            }
        }
    }

    /** A tar archive of these files, the same bytes for the same files. */
    static byte[] writeTar(SortedMap<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0L);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** A zip archive of these files, the same bytes for the same files. */
    static byte[] writeZip(TemplateSource files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipArchiveOutputStream(bytes)) {
            for (String path : files.paths()) {
                var entry = new ZipArchiveEntry(path);
                entry.setTime(0L);
                zip.putArchiveEntry(entry);
                zip.write(files.file(path).orElseThrow());
                zip.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory failed", e);
        }
        return bytes.toByteArray();
    }
}
