package dev.cloister.server.template;

import dev.cloister.contract.api.UploadResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
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
        routes.post("/api/v2/files", Access.to(Action.CREATE, ResourceType.FILE), maxBytes, this::upload);
        routes.get("/api/v2/files/{fileID}", Access.to(Action.READ, ResourceType.FILE), this::download);
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
        return Response.bytes(200, file.mediaType(), file.data())
                .header("Content-Disposition", "attachment; filename=\"template.tar\"");
    }
}
