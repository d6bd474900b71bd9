package dev.cloister.provisioner.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the operator set the engine up.
 *
 * @param dataDirectory holds the workspaces, homes included; created with mode 0700
 * @param agentImage directory with {@code bin/cloister-agent}, shared read-only by all workspaces
 * @param imagesDirectory root file systems that templates may name, one directory each
 * @param uids for workspaces, when running as root
 * @param defaults for templates that ask for nothing
 * @param maximum that a template may ask for
 * @param serverUrl where agents reach the server; the proxy always lets them, and whatever asks for that very place
 * @param privateNetworks networks in CIDR form, out of those refused by default, that listed names may resolve to
 * @param stopGrace how long shutdown scripts may take
 */
public record SandboxSettings(
        Path dataDirectory,
        Path agentImage,
        Path imagesDirectory,
        UidRange uids,
        Limits defaults,
        Limits maximum,
        URI serverUrl,
        List<String> privateNetworks,
        Duration stopGrace) {
    public SandboxSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        agentImage = agentImage.toAbsolutePath().normalize();
        imagesDirectory = imagesDirectory.toAbsolutePath().normalize();
        privateNetworks = List.copyOf(privateNetworks);
    }

    /** The usual settings. */
    public static SandboxSettings of(Path dataDirectory, Path agentImage, URI serverUrl) {
        return new SandboxSettings(
                dataDirectory,
                agentImage,
                dataDirectory.resolve("images"),
                UidRange.DEFAULT,
                Limits.DEFAULT,
                Limits.MAXIMUM,
                serverUrl,
                List.of(),
                Duration.ofSeconds(30));
    }

    /** These settings with the data directory by its real path. */
    SandboxSettings in(Path directory) {
        return new SandboxSettings(
                directory, agentImage, imagesDirectory, uids, defaults, maximum, serverUrl, privateNetworks, stopGrace);
    }
}
