package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.sandbox.WorkspaceDirectory.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The files of {@code /etc} that are made for a workspace instead of taken from its root. */
final class EtcFiles {
    private static final String READABLE = "rw-r--r--";

    private EtcFiles() {}

    static Map<String, String> contents(String workspaceName, String shell) {
        var files = new TreeMap<String, String>();
        files.put("passwd", """
                root:x:0:0:root:/root:/usr/sbin/nologin
                dev:x:1000:1000:Developer:/home/dev:%s
                nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                """.formatted(shell));
        files.put("group", """
                root:x:0:
                tty:x:5:
                dev:x:1000:
                nogroup:x:65534:
                """);
        files.put("hostname", workspaceName + "\n");
        files.put("hosts", """
                127.0.0.1 localhost
                ::1 localhost ip6-localhost ip6-loopback
                127.0.1.1 %s
                """.formatted(workspaceName));
        files.put("nsswitch.conf", """
                passwd: files
                group: files
                hosts: files dns
                networks: files
                protocols: files
                services: files
                """);
        files.put("resolv.conf", """
                # There is no name service here: the HTTP proxy named by https_proxy resolves what may be reached.
                nameserver 127.0.0.1
                options timeout:1 attempts:1
                """);
        return files;
    }

    static void write(WorkspaceDirectory directory, String workspaceName, String shell) throws IOException {
        WorkspaceDirectory.directory(directory.etc(), "rwxr-xr-x");
        for (var file : contents(workspaceName, shell).entrySet()) {
            put(directory, file.getKey(), file.getValue());
        }
        put(directory, "start.sh", resource("start.sh"));
    }

    private static void put(WorkspaceDirectory directory, String name, String content) throws IOException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        directory.write(directory.etc().resolve(name), bytes, READABLE, Durability.NORMAL);
    }

    /** One of the scripts of the distribution. */
    static String resource(String name) {
        try (var resource = EtcFiles.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the distribution");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
