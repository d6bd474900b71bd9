package dev.cloister.server.template;

import dev.cloister.contract.api.UploadResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.Locale;

/** Archives over HTTP. */
public final class FileRoutes {
    private static final long UPLOADS_PER_MINUTE = 12;

    private final FileService files;
    private final RateLimits limits;
    private final long maxBytes;

    /** @param maxBytes the largest archive that is taken */
    public FileRoutes(FileService files, RateLimits limits, long maxBytes) {
        this.files = files;
        this.limits = limits;
        this.maxBytes = maxBytes;
    }

    public void register(Routes routes) {
        routes.post("/api/v2/files", Access.to(Action.CREATE, ResourceType.FILE), maxBytes, this::upload)
                .named("Files", "Upload the archive of a template, as tar or zip")
                .takes(new Operation.Bytes(StoredFile.TAR))
                .answers(200, UploadResponse.class)
                .answers(201, UploadResponse.class);
        routes.get("/api/v2/files/{fileID}", Access.to(Action.READ, ResourceType.FILE), this::download)
                .named("Files", "Download an archive")
                .query("format", String.class, "zip for a zip; a tar without it")
                .answers(200, new Operation.Bytes(StoredFile.TAR));
    }

    private Response upload(Request request) {
        if (!limits.isOff()) {
            limits.take("files of " + request.user().subject().id(), UPLOADS_PER_MINUTE);
        }
        String type = request.header("Content-Type")
                .orElse("")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
        var upload = files.upload(request.user(), type, request.bytes());
        return Response.json(
                upload.isNew() ? 201 : 200, new UploadResponse(upload.id().value()));
    }

    private Response download(Request request) {
        StoredFile file = files.get(request.caller(), new FileId(request.id("fileID")));
        String format = request.query("format").orElse("tar");
        return switch (format) {
            case "tar" -> attachment(file, "template.tar");
            case "zip" -> attachment(FileService.asZip(file), "template.zip");
            default -> throw new Failure.Invalid("Unsupported format.", "format", "Must be zip, or left out.");
        };
    }

    private static Response attachment(StoredFile file, String name) {
        return Response.bytes(200, file.mediaType(), file.data())
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
}
