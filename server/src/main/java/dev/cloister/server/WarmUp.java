package dev.cloister.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.provisioner.Engine;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplateSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a template once when the server listens, beside its work: the first check in a process costs a second, which
 * the first person who creates a workspace would have to wait for.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String TEMPLATE = """
            version: 1
            name: Warm-up
            parameters:
              - {name: cpu, type: number, default: 2, mutable: true, validation: {min: 1, max: 8}}
              - {name: size, type: string, default: a, options: [{name: A, value: a}, {name: B, value: b}]}
            resources: {cpu: "${parameters.cpu}", memory: 1GiB, disk: 1GiB, processes: 100}
            environment: {EDITOR: vi}
            startup: [{name: Tools, timeout: 30s, run: "true"}]
            metadata: [{key: load, display_name: Load, interval: 15s, timeout: 5s, script: uptime}]
            egress: {allow: [example.com]}
            """;

    private WarmUp() {}

    static void begin(Engine engine) {
        Thread.ofPlatform()
                .daemon()
                .name("warm-up")
                .priority(Thread.MIN_PRIORITY)
                .start(() -> check(engine));
    }

    /** Whether the template is accepted. */
    static boolean check(Engine engine) {
        try {
            engine.plan(TemplateSource.of(Map.of("workspace.yaml", TEMPLATE.getBytes(UTF_8))));
            return true;
        } catch (TemplateException | RuntimeException e) {
            LOG.warn("the template of the warm-up is refused: {}", e.toString());
            return false;
        }
    }
}
