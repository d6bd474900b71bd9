package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What of a root file system a workspace sees, read-only: of the host, a short list of what programs need and nobody
 * keeps secrets in; of an image, all but what the sandbox makes itself.
 */
final class RootTree {
    /** Anchored below {@code /etc} of the host. Directories are taken whole, so none is here that could hold a key. */
    private static final Pattern HOST_ETC = Pattern.compile("ld\\.so\\.(cache|conf|conf\\.d)|alternatives"
            + "|ca-certificates(\\.conf)?|localtime|timezone|os-release|debian_version|lsb-release|redhat-release|issue"
            + "|profile(\\.d)?|bash\\.bashrc|bashrc|bash_completion(\\.d)?|inputrc|shells|skel|terminfo|zsh"
            + "|mime\\.types|magic(\\.mime)?|services|protocols|rpc|ethertypes|gai\\.conf|host\\.conf|networks"
            + "|locale\\.(alias|gen|conf)|fonts|xml|sgml|groff|manpath\\.config|man_db\\.conf|papersize|libpaper\\.d"
            + "|vim|nanorc|screenrc|tmux\\.conf|wgetrc|java-.*|python[0-9.]*|perl|dotnet|crypto-policies|mke2fs\\.conf"
            + "|login\\.defs|lynx|gdb|emacs|php|ImageMagick-[0-9]+|R");

    /** Taken in part only. */
    private static final List<String> HOST_ETC_PARTS = List.of(
            "ssl/certs",
            "ssl/openssl.cnf",
            "pki/ca-trust",
            "pki/tls/certs",
            "pki/tls/cert.pem",
            "pki/tls/openssl.cnf",
            "ssh/ssh_config",
            "maven/m2.conf",
            "maven/logging");

    private static final Set<String> IMAGE_ETC_LEFT_OUT =
            Set.of("shadow", "shadow-", "gshadow", "gshadow-", "mtab", "cloister");
    private static final Set<String> HOST_TOP = Set.of("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32");

    /** Made by the sandbox itself, or somebody's. */
    private static final Set<String> IMAGE_TOP_LEFT_OUT = Set.of(
            "proc",
            "dev",
            "sys",
            "run",
            "tmp",
            "home",
            "root",
            "etc",
            "var",
            "opt",
            "boot",
            "mnt",
            "media",
            "srv",
            "lost+found");

    private final Path seen;
    private final String source;
    private final boolean host;
    private final Set<String> generated;
    private final List<String> arguments = new ArrayList<>();

    /**
     * @param seen where this process finds the root
     * @param source where bubblewrap will find it; empty for the host's own
     * @param generated names of {@code /etc} that are made for the workspace
     */
    RootTree(Path seen, String source, boolean host, Set<String> generated) {
        this.seen = seen;
        this.source = source;
        this.host = host;
        this.generated = generated;
    }

    List<String> arguments() throws IOException {
        entries("", host ? HOST_TOP::contains : name -> !IMAGE_TOP_LEFT_OUT.contains(name));
        make("/etc");
        if (host) {
            entries("etc", name -> HOST_ETC.matcher(name).matches() && !generated.contains(name));
            hostEtcParts();
        } else {
            entries("etc", name -> !IMAGE_ETC_LEFT_OUT.contains(name) && !generated.contains(name));
            make("/var");
            entries("var", name -> !Set.of("tmp", "run", "lock").contains(name));
        }
        make("/opt");
        entries("opt", name -> !name.equals("cloister"));
        return List.copyOf(arguments);
    }

    private void hostEtcParts() {
        for (var part : HOST_ETC_PARTS) {
            var path = seen.resolve("etc").resolve(part);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                var parent = Path.of("/etc").resolve(part).getParent();
                make(String.valueOf(parent));
                entry("etc/" + part);
            }
        }
    }

    private void entries(String directory, Predicate<String> wanted) throws IOException {
        var path = seen.resolve(directory);
        if (!Files.isDirectory(path)) {
            return;
        }
        try (var names = Files.list(path)) {
            names.map(entry -> entry.getFileName().toString())
                    .filter(wanted)
                    .sorted()
                    .forEach(name -> entry(directory.isEmpty() ? name : directory + "/" + name));
        }
    }

    /** Links are made again, never followed: one that leads out of an image must not lead into the host. */
    private void entry(String name) {
        var path = seen.resolve(name);
        try {
            if (Files.isSymbolicLink(path)) {
                arguments.addAll(
                        List.of("--symlink", Files.readSymbolicLink(path).toString(), "/" + name));
            } else if (Files.isDirectory(path) || Files.isRegularFile(path)) {
                arguments.addAll(List.of("--ro-bind-try", source + "/" + name, "/" + name));
            }
        } catch (IOException e) {
            // It vanished; a root that changes under us is the operator's doing.
        }
    }

    private void make(String directory) {
        arguments.addAll(List.of("--perms", "0755", "--dir", directory));
    }

    /** The best shell that the root has. */
    static String shell(Path root) {
        for (var shell : List.of("bin/bash", "usr/bin/bash")) {
            if (Files.exists(root.resolve(shell), LinkOption.NOFOLLOW_LINKS)) {
                return "/bin/bash";
            }
        }
        return "/bin/sh";
    }
}
