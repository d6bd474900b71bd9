package dev.cloister.server.template;

import dev.cloister.contract.Sha256;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Uploaded archives. What is stored is always a readable tar archive. */
public final class FileService {
    /** Nobody makes a version of an archive that has lain about for so long. */
    private static final Duration UNUSED = Duration.ofDays(1);

    /** How many of the largest archives one person can have that nothing is made of. */
    private static final int UNUSED_AT_ONCE = 20;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final FileRepository files;
    private final long mostUnused;
    private final Clock clock;

    /** @param maxFile the largest archive that is taken, in bytes */
    public FileService(
            Transactions transactions, Authorizer authorizer, FileRepository files, long maxFile, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.files = files;
        this.mostUnused = maxFile * UNUSED_AT_ONCE;
        this.clock = clock;
    }

    /** An archive and whether it is new. */
    record Upload(FileId id, boolean isNew) {}

    /**
     * Stores an archive.
     *
     * @throws Failure.Invalid for a media type or an archive that cannot be used
     */
    Upload upload(Caller.User caller, String mediaType, byte[] bytes) {
        byte[] tar = readable(mediaType, bytes);
        return transactions.change(
                caller,
                tx -> Changed.unaudited(store(tx, caller, caller.subject().id(), tar), Unaudited.FILE_UPLOAD));
    }

    private static byte[] readable(String mediaType, byte[] bytes) {
        try {
            return switch (mediaType) {
                case StoredFile.TAR -> {
                    Archives.readTar(bytes);
                    yield bytes;
                }
                case StoredFile.ZIP, StoredFile.ZIP_OF_WINDOWS -> tar(Archives.readZip(bytes));
                default ->
                    throw new Failure.Invalid("Unsupported content type. Send application/x-tar or application/zip.");
            };
        } catch (ArchiveException e) {
            throw new Failure.Invalid("The archive cannot be used. " + e.getMessage());
        }
    }

    static byte[] tar(TemplateSource source) {
        var files = new TreeMap<String, byte[]>();
        source.paths().forEach(path -> files.put(path, source.file(path).orElseThrow()));
        return Archives.writeTar(files);
    }

    /** Stores an archive in the transaction of whatever is made of it. */
    FileId storeWithin(WriteTx tx, Caller caller, UUID owner, byte[] tar) {
        return store(tx, caller, owner, tar).id();
    }

    private Upload store(WriteTx tx, Caller caller, UUID owner, byte[] tar) {
        byte[] hash = Sha256.of(tar);
        var permit = authorizer.requireCreate(caller, ResourceType.FILE, null, owner);
        var known = files.find(tx, permit, hash);
        if (known.isPresent()) {
            files.keep(tx, permit, known.get(), clock.instant());
            return new Upload(known.get(), false);
        }
        makeRoom(tx, permit, tar.length);
        var id = new FileId(UUID.randomUUID());
        boolean stored = files.insert(tx, permit, id, hash, new StoredFile(StoredFile.TAR, tar), clock.instant());
        FileId actual = stored ? id : files.find(tx, permit, hash).orElseThrow();
        return new Upload(actual, stored);
    }

    /** Otherwise a single account could fill the database with archives that nothing is made of. */
    private void makeRoom(WriteTx tx, CreatePermit permit, long bytes) {
        files.dropUnused(tx, permit, clock.instant().minus(UNUSED));
        if (files.unusedBytes(tx, permit) + bytes > mostUnused) {
            throw new Failure.TooMany(
                    "You have uploaded too much that no template is made of. It is dropped after a day.", UNUSED);
        }
    }

    /** An archive, for who uploaded it and for who may change a template that was made of it. */
    StoredFile get(Caller caller, FileId id) {
        return transactions.read(tx -> authorizer
                .check(tx, caller, Action.READ, id)
                .map(permit -> files.get(tx, permit))
                .or(() -> throughTemplate(tx, caller, id))
                .orElseThrow(Failure.NotFound::new));
    }

    /** The same archive as a zip. */
    static StoredFile asZip(StoredFile file) {
        try {
            return new StoredFile(StoredFile.ZIP, Archives.writeZip(Archives.readTar(file.data())));
        } catch (ArchiveException e) {
            throw new Failure.Invalid("The archive cannot be converted. " + e.getMessage());
        }
    }

    private Optional<StoredFile> throughTemplate(ReadTx tx, Caller caller, FileId id) {
        return files.templatesOf(tx, id).stream()
                .flatMap(template -> authorizer.check(tx, caller, Action.UPDATE, template).stream())
                .flatMap(permit -> files.getAs(tx, permit, id).stream())
                .findFirst();
    }
}
