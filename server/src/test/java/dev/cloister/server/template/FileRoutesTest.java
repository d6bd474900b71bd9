package dev.cloister.server.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Archives over HTTP: conversion, and what a hostile one is answered. */
class FileRoutesTest {
    private static TestWorkspaces world;

    @BeforeAll
    static void start() {
        world = TestWorkspaces.started();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static HttpResponse<byte[]> download(String id, String query, String token) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(world.api.url().resolve("/api/v2/files/" + id + query))
                            .header("Coder-Session-Token", token)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void aTarComesBackAsItWasOrAsAZip() throws Exception {
        byte[] tar = TestWorkspaces.tar(Map.of("workspace.yaml", "version: 1\n", "sub/README.md", "# Hello"));
        String id = TestApi.json(world.upload(world.api.owner(), "application/x-tar", tar))
                .get("hash")
                .asString();
        var same = download(id, "", world.api.owner());
        assertThat(same.headers().firstValue("Content-Type")).contains("application/x-tar");
        assertThat(same.body()).isEqualTo(tar);
        var zip = download(id, "?format=zip", world.api.owner());
        assertThat(zip.headers().firstValue("Content-Type")).contains("application/zip");
        var names = new java.util.ArrayList<String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName() + "=" + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
            }
        }
        assertThat(names).containsExactly("sub/README.md=# Hello", "workspace.yaml=version: 1");
        assertThat(download(id, "?format=rar", world.api.owner()).statusCode()).isEqualTo(400);
    }

    @Test
    void whatBelongsToAnotherOrganizationIsNoSourceOfAVersion() {
        String outsider = world.api.outsider("otto");
        String foreign = TestApi.json(world.upload(
                        outsider, "application/x-tar", TestWorkspaces.tar(Map.of("workspace.yaml", "version: 1\n# o"))))
                .get("hash")
                .asString();
        // The owner of the deployment may read every file; an organization's template author may not.
        String author = world.api.person("tina");
        String organization = world.api.organization();
        String tina = TestApi.json(world.api.get("/api/v2/users/me", author))
                .get("id")
                .asString();
        world.api.send(
                "PUT",
                "/api/v2/organizations/" + organization + "/members/" + tina + "/roles",
                world.api.owner(),
                Map.of("roles", java.util.List.of("organization-template-admin")));
        var used = world.api.send(
                "POST",
                "/api/v2/organizations/" + organization + "/templateversions",
                author,
                Map.of("file_id", foreign, "storage_method", "file", "provisioner", "terraform"));
        var missing = world.api.send(
                "POST",
                "/api/v2/organizations/" + organization + "/templateversions",
                author,
                Map.of(
                        "file_id",
                        java.util.UUID.randomUUID().toString(),
                        "storage_method",
                        "file",
                        "provisioner",
                        "terraform"));
        assertThat(used.statusCode()).isEqualTo(404);
        assertThat(used.body()).isEqualTo(missing.body());
    }

    @Test
    void whatNothingIsMadeOfIsBoundedAndDroppedAfterADay() {
        String hoarder = world.api.person("hans");
        String id = TestApi.json(world.upload(
                        hoarder, "application/x-tar", TestWorkspaces.tar(Map.of("workspace.yaml", "version: 1\n# h"))))
                .get("hash")
                .asString();
        world.api.database.execute(
                "UPDATE files SET data = repeat('x', 21 * 1024 * 1024)::bytea WHERE id = '" + id + "'");
        byte[] more = TestWorkspaces.tar(Map.of("workspace.yaml", "version: 1\n# more"));
        var refused = world.upload(hoarder, "application/x-tar", more);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        world.api.database.execute("UPDATE files SET created_at = now() - interval '2 days' WHERE id = '" + id + "'");
        assertThat(world.upload(hoarder, "application/x-tar", more).statusCode())
                .isEqualTo(201);
        assertThat(world.api.get("/api/v2/files/" + id, hoarder).statusCode()).isEqualTo(404);
    }

    @Test
    void aHostileArchiveIsRefusedAndNothingOfItIsKept() throws Exception {
        String before = world.api.database.look("SELECT count(*) FROM files");
        for (String name : new String[] {"../../etc/passwd", "a/../../b", "a\\..\\b"}) {
            var refused = world.upload(world.api.owner(), "application/x-tar", TestWorkspaces.tar(Map.of(name, "x")));
            assertThat(refused.statusCode()).as(name).isEqualTo(400);
        }
        for (byte kind : new byte[] {
            TarConstants.LF_SYMLINK,
            TarConstants.LF_LINK,
            TarConstants.LF_CHR,
            TarConstants.LF_BLK,
            TarConstants.LF_FIFO
        }) {
            var bytes = new ByteArrayOutputStream();
            try (var tar = new TarArchiveOutputStream(bytes)) {
                var entry = new TarArchiveEntry("workspace.yaml", kind);
                entry.setLinkName("/etc/shadow");
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            assertThat(world.upload(world.api.owner(), "application/x-tar", bytes.toByteArray())
                            .statusCode())
                    .as("kind " + (char) kind)
                    .isEqualTo(400);
        }
        var bomb = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bomb)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                zip.write(zeros);
            }
        }
        assertThat(bomb.size()).isLessThan(1 << 20);
        assertThat(world.upload(world.api.owner(), "application/x-zip-compressed", bomb.toByteArray())
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api.database.look("SELECT count(*) FROM files")).isEqualTo(before);
    }
}
