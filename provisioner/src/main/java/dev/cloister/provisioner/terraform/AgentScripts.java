package dev.cloister.provisioner.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** How an agent is started inside what a template makes. */
public final class AgentScripts {
    private AgentScripts() {}

    /**
     * The scripts by {@code os_arch}: for the kind of machine that this server has an agent for.
     *
     * @param arch {@code amd64} or {@code arm64}
     */
    public static Map<String, String> of(String arch) {
        try (var in = AgentScripts.class.getResourceAsStream("start-agent.sh")) {
            if (in == null) {
                throw new IllegalStateException("the script that starts agents is missing from the program");
            }
            return Map.of("linux_" + arch, new String(in.readAllBytes(), UTF_8).replace("${ARCH}", arch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kind of this machine, as templates name it. */
    public static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
