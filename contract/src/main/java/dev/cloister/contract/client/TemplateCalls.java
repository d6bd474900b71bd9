package dev.cloister.contract.client;

import dev.cloister.contract.api.ArchiveTemplateVersionsRequest;
import dev.cloister.contract.api.ArchiveTemplateVersionsResponse;
import dev.cloister.contract.api.CreateTemplateRequest;
import dev.cloister.contract.api.CreateTemplateVersionRequest;
import dev.cloister.contract.api.PatchTemplateVersionRequest;
import dev.cloister.contract.api.Preset;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.Template;
import dev.cloister.contract.api.TemplateExample;
import dev.cloister.contract.api.TemplateVersion;
import dev.cloister.contract.api.TemplateVersionParameter;
import dev.cloister.contract.api.UpdateActiveTemplateVersion;
import dev.cloister.contract.api.UpdateTemplateMeta;
import dev.cloister.contract.api.UploadResponse;
import dev.cloister.contract.api.WorkspaceResource;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The part of the API that is about templates, their versions and files. */
public final class TemplateCalls {
    private final ApiConnection connection;

    TemplateCalls(ApiConnection connection) {
        this.connection = connection;
    }

    /** All templates that the caller may see, in any organization. */
    public List<Template> list() throws IOException {
        return connection.list(Paths.of("/templates"), Template.class);
    }

    public Template get(UUID template) throws IOException {
        return connection.get(Paths.of("/templates/{}", template), Template.class);
    }

    public Template byName(UUID organization, String name) throws IOException {
        return connection.get(Paths.of("/organizations/{}/templates/{}", organization, name), Template.class);
    }

    public List<TemplateExample> examples() throws IOException {
        return connection.list(Paths.of("/templates/examples"), TemplateExample.class);
    }

    public Template create(UUID organization, CreateTemplateRequest request) throws IOException {
        return connection.send("POST", Paths.of("/organizations/{}/templates", organization), request, Template.class);
    }

    public Template update(UUID template, UpdateTemplateMeta request) throws IOException {
        return connection.send("PATCH", Paths.of("/templates/{}", template), request, Template.class);
    }

    public void delete(UUID template) throws IOException {
        connection.send("DELETE", Paths.of("/templates/{}", template), null);
    }

    /** Stores an uncompressed tar archive and says how to refer to it. */
    public UploadResponse upload(byte[] tar) throws IOException {
        return connection.upload(Paths.of("/files"), "application/x-tar", tar, UploadResponse.class);
    }

    /** The tar archive that was stored under this identifier. */
    public byte[] download(UUID file) throws IOException {
        return connection.download(Paths.of("/files/{}", file));
    }

    public TemplateVersion createVersion(UUID organization, CreateTemplateVersionRequest request) throws IOException {
        return connection.send(
                "POST", Paths.of("/organizations/{}/templateversions", organization), request, TemplateVersion.class);
    }

    public TemplateVersion version(UUID version) throws IOException {
        return connection.get(Paths.of("/templateversions/{}", version), TemplateVersion.class);
    }

    public List<TemplateVersion> versions(UUID template, int limit) throws IOException {
        return connection.list(Paths.of("/templates/{}/versions?limit={}", template, limit), TemplateVersion.class);
    }

    public TemplateVersion versionByName(UUID organization, String template, String version) throws IOException {
        return connection.get(
                Paths.of("/organizations/{}/templates/{}/versions/{}", organization, template, version),
                TemplateVersion.class);
    }

    public TemplateVersion renameVersion(UUID version, PatchTemplateVersionRequest request) throws IOException {
        return connection.send("PATCH", Paths.of("/templateversions/{}", version), request, TemplateVersion.class);
    }

    /** Makes a version the one that new workspaces use. */
    public void promote(UUID template, UUID version) throws IOException {
        var request = new UpdateActiveTemplateVersion(version);
        connection.send("PATCH", Paths.of("/templates/{}/versions", template), request);
    }

    /** Archives versions that nothing uses: those whose import failed, or all. */
    public ArchiveTemplateVersionsResponse archiveUnused(UUID template, boolean all) throws IOException {
        return connection.send(
                "POST",
                Paths.of("/templates/{}/versions/archive", template),
                new ArchiveTemplateVersionsRequest(all),
                ArchiveTemplateVersionsResponse.class);
    }

    /** Archives a version, or takes it back. */
    public void archiveVersion(UUID version, boolean archived) throws IOException {
        String path = archived ? "/templateversions/{}/archive" : "/templateversions/{}/unarchive";
        connection.send("POST", Paths.of(path, version), null);
    }

    public void cancelDryRun(UUID version, UUID job) throws IOException {
        connection.send("PATCH", Paths.of("/templateversions/{}/dry-run/{}/cancel", version, job), null);
    }

    public void cancelVersion(UUID version) throws IOException {
        connection.send("PATCH", Paths.of("/templateversions/{}/cancel", version), null);
    }

    public List<TemplateVersionParameter> parameters(UUID version) throws IOException {
        return connection.list(
                Paths.of("/templateversions/{}/rich-parameters", version), TemplateVersionParameter.class);
    }

    public List<Preset> presets(UUID version) throws IOException {
        return connection.list(Paths.of("/templateversions/{}/presets", version), Preset.class);
    }

    public List<WorkspaceResource> resources(UUID version) throws IOException {
        return connection.list(Paths.of("/templateversions/{}/resources", version), WorkspaceResource.class);
    }

    /** The import log after the line with that number, followed until the job is over or the stream is closed. */
    public LogStream<ProvisionerJobLog> followImport(UUID version, long after) throws IOException {
        return LogStream.open(
                connection,
                Paths.of("/templateversions/{}/logs?follow=true&after={}", version, after),
                ProvisionerJobLog.class);
    }
}
