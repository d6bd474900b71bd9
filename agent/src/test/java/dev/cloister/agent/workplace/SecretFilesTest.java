package dev.cloister.agent.workplace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.WorkspaceSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretFilesTest {
    @TempDir
    Path home;

    private static WorkspaceSecret secret(String variable, String file, String value) {
        return WorkspaceSecret.newBuilder()
                .setEnvName(variable)
                .setFilePath(file)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    @Test
    void aSecretIsInItsFileForTheUserAlone() throws IOException {
        new SecretFiles(home).write(List.of(secret("", "~/.config/tool/token", "hunter2")));
        new SecretFiles(home).write(List.of(secret("", "~/.config/tool/token", "hunter3")));

        Path file = home.resolve(".config/tool/token");
        assertThat(file).hasContent("hunter3");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aSymbolicLinkIsReplacedAndNotFollowed() throws IOException {
        Path other = Files.writeString(home.resolve("other"), "untouched");
        Files.createSymbolicLink(home.resolve("token"), other);

        new SecretFiles(home).write(List.of(secret("", home.resolve("token").toString(), "hunter2")));

        assertThat(other).hasContent("untouched");
        assertThat(home.resolve("token")).hasContent("hunter2");
        assertThat(Files.isSymbolicLink(home.resolve("token"))).isFalse();
    }

    @Test
    void whatCannotBeWrittenDoesNotStopTheOthers() throws IOException {
        Files.writeString(home.resolve("file"), "");

        new SecretFiles(home)
                .write(List.of(secret("", "~/file/below", "x"), secret("", "\0", "x"), secret("", "~/good", "y")));

        assertThat(home.resolve("good")).hasContent("y");
    }

    @Test
    void aSecretIsInItsVariableButNeverInThatOfTheAccount() {
        var manifest = Manifest.newBuilder()
                .putEnvironmentVariables("TOKEN", "of the template")
                .addSecrets(secret("TOKEN", "", "hunter2"))
                .addSecrets(secret("HOME", "", "/elsewhere"))
                .addSecrets(secret("NUL", "", "a\0b"))
                .build();
        var workplace = new Workplace(new UserAccount("dev", home, Path.of("/bin/sh")), 0);
        workplace.adopt(manifest);

        assertThat(workplace.environment(Map.of()))
                .containsEntry("TOKEN", "hunter2")
                .containsEntry("HOME", home.toString())
                .doesNotContainKey("NUL");
    }
}
