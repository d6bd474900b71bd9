package dev.cloister.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.provisioner.workspacefile.ParameterValues;
import dev.cloister.provisioner.workspacefile.WorkspaceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The templates that come with the product are ones that it accepts. */
class StarterTemplatesTest {
    private static final Path TEMPLATES = Path.of("../templates");

    @Test
    void everyStarterTemplateIsReadAndResolvedWithoutAWarning() throws Exception {
        try (var directories = Files.list(TEMPLATES)) {
            for (var directory : directories
                    .filter(one -> Files.exists(one.resolve("workspace.yaml")))
                    .toList()) {
                var content = Files.readAllBytes(directory.resolve("workspace.yaml"));
                var file = WorkspaceFile.read(TemplateSource.of(Map.of("workspace.yaml", content)));
                var values = ParameterValues.withDefaults(file.parameters(), Map.of());
                assertThat(file.resolve(values, "dev", "ada").warnings())
                        .as(directory.toString())
                        .isEmpty();
                assertThat(directory.resolve("README.md")).exists();
            }
        }
    }
}
