package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Roots other than the host's, and what of the host's root is covered up. */
class ImageTest {
    private static final List<String> PROGRAMS = List.of("sh", "cat", "sleep", "cp", "mv", "mkdir", "ls", "id");

    @Test
    void anImageIsTheWholeWorldAndItsLinksStayInside() throws Exception {
        try (var lab = new Lab()) {
            var image = lab.data.resolve("images/tiny");
            build(image);
            Files.writeString(image.resolve("etc/flavour"), "tiny\n");
            Files.writeString(image.resolve("etc/shadow"), "image-shadow\n");
            Files.createSymbolicLink(image.resolve("etc/evil"), Path.of("/etc/hostname"));
            Files.createSymbolicLink(image.resolve("opt/host"), Path.of("/"));
            var id = lab.started(Lab.SMALL + "image: tiny\n");
            assertThat(lab.run(id, "cat /etc/flavour /etc/evil; ls /usr/bin /opt; id -u"))
                    .isEqualTo(
                            "tiny\n" + Lab.name(id)
                                    + "\n/opt:\ncloister\nhost\n\n/usr/bin:\ncat\ncp\nid\nls\nmkdir\nmv\nsh\nsleep\n1000\nstatus 0\n");
            assertThat(lab.run(id, "cat /etc/shadow; ls /opt/host/root /opt/host" + lab.directory))
                    .doesNotContain("image-shadow")
                    .contains("status 2");
        }
    }

    @Test
    @RootOnly
    void dataThatLiesBelowAVisibleDirectoryIsCovered() throws Exception {
        try (var lab = new Lab(Files.createTempDirectory(Path.of("/opt"), "cl"))) {
            var id = lab.started(Lab.SMALL);
            assertThat(lab.run(id, "ls " + lab.directory + "; ls " + lab.data + "; cat " + lab.data + "/engine.name"))
                    .startsWith("agent\ndata\n")
                    .doesNotContain("workspaces")
                    .doesNotContain("cloister-");
        }
    }

    @Test
    void aLostWorkspaceWithoutADirectoryIsStillEnded() throws Exception {
        try (var lab = new Lab()) {
            var id = lab.started(Lab.SMALL);
            var processes = lab.processes(id);
            var directory = lab.workspace(id).path();
            var aside = directory.resolveSibling("aside");
            lab.engine().close();
            Files.move(directory, aside);
            lab.restartEngine();
            lab.engine().reconcile(Set.<UUID>of(), Set.of());
            assertThat(processes.stream()
                            .filter(pid -> ProcessTable.identify(pid).isPresent()))
                    .isEmpty();
        }
    }

    private static void build(Path image) throws Exception {
        for (var directory : List.of("usr/bin", "usr/lib", "usr/lib64", "etc", "opt", "root", "var/lib")) {
            Files.createDirectories(image.resolve(directory));
        }
        for (var link : List.of("bin", "lib", "lib64")) {
            Files.createSymbolicLink(image.resolve(link), Path.of("usr", link));
        }
        for (var program : PROGRAMS) {
            var source = Path.of("/usr/bin", program).toRealPath();
            copy(source, image.resolve("usr/bin").resolve(program));
            for (var word : Commands.run(Lab.PATIENCE, "ldd", source.toString())
                    .output()
                    .split("\\s+")) {
                if (word.startsWith("/lib") || word.startsWith("/usr/lib")) {
                    copy(Path.of(word), image.resolve(word.substring(1)));
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        if (!Files.exists(to)) {
            Commands.run(Lab.PATIENCE, "mkdir", "-p", to.getParent().toString());
            Files.copy(from.toRealPath(), to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
