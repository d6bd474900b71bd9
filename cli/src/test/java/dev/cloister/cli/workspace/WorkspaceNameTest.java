package dev.cloister.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.cli.session.CommandException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspaceNameTest {
    @Test
    void everyFormIsUnderstood() throws Exception {
        assertThat(WorkspaceName.parse("dev")).isEqualTo(name("me", "dev", null));
        assertThat(WorkspaceName.parse("my-dev.main")).isEqualTo(name("me", "my-dev", "main"));
        assertThat(WorkspaceName.parse("alice/dev")).isEqualTo(name("alice", "dev", null));
        assertThat(WorkspaceName.parse("alice/dev.main")).isEqualTo(name("alice", "dev", "main"));
        assertThat(WorkspaceName.parse("alice--my-dev")).isEqualTo(name("alice", "my-dev", null));
        assertThat(WorkspaceName.parse("alice--dev.main")).isEqualTo(name("alice", "dev", "main"));
        assertThat(WorkspaceName.parse("alice--dev--main")).isEqualTo(name("alice", "dev", "main"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-dev",
                "dev-",
                "a/b/c",
                "dev/../x",
                "$(id)",
                "dev main",
                "dev;ls",
                "de\u0301v",
                "-oProxyCommand=x"
            })
    void whatCannotBeANameIsRefused(String typed) {
        assertThatThrownBy(() -> WorkspaceName.parse(typed)).isInstanceOf(CommandException.class);
    }

    @Test
    void aVeryLongNameIsRefusedAtOnce() {
        assertThatThrownBy(() -> WorkspaceName.parse("a-".repeat(100_000))).isInstanceOf(CommandException.class);
    }

    private static WorkspaceName name(String owner, String workspace, String agent) {
        return new WorkspaceName(owner, workspace, Optional.ofNullable(agent));
    }
}
