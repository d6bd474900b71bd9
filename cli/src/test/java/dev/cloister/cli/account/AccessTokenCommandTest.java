package dev.cloister.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.contract.agent.TokenAnswer;
import dev.cloister.contract.agent.TokenQuestion;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTokenCommandTest {
    @TempDir
    Path directory;

    private Cli.Result run(Function<TokenQuestion, TokenAnswer> agent) throws IOException {
        Path socket = directory.resolve("agent");
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> {
                try (var client = listener.accept()) {
                    agent.apply(TokenQuestion.read(Channels.newInputStream(client)))
                            .write(Channels.newOutputStream(client));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            return new Cli(CliMain::run, directory)
                    .with(TokenQuestion.SOCKET, socket.toString())
                    .run("external-auth", "access-token", "forge");
        }
    }

    @Test
    void theAgentsTokenIsPrinted() throws IOException {
        var ran = run(question -> TokenAnswer.token(question.kind() + "-" + question.subject(), "ignored"));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("PROVIDER-forge\n");
    }

    @Test
    void withoutALinkThePageIsPrintedAndTheExitCodeSaysSo() throws IOException {
        var ran = run(ignored -> TokenAnswer.unlinked("https://cloister.example.com/external-auth/forge"));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("https://cloister.example.com/external-auth/forge\n");
    }

    @Test
    void everythingElseIsAnErrorWithNothingOnTheStandardOutput() throws IOException {
        var unknown = run(ignored -> TokenAnswer.unknown());
        var outside = new Cli(CliMain::run, directory).run("external-auth", "access-token", "forge");

        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.out()).isEmpty();
        assertThat(outside.code()).isEqualTo(2);
        assertThat(outside.err()).contains("inside a workspace");
    }
}
