package dev.cloister.agent.git;

import dev.cloister.agent.splice.SocketStream;
import dev.cloister.contract.agent.GetProviderTokenRequest;
import dev.cloister.contract.agent.TokenAnswer;
import dev.cloister.contract.agent.TokenQuestion;
import dev.cloister.tunnel.drpc.DrpcException;
import java.io.IOException;
import java.time.Duration;

/** Answers the programs of the workspace that ask for a provider's token: one question on each connection. */
final class TokenDesk {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GitServer server;

    TokenDesk(GitServer server) {
        this.server = server;
    }

    void serve(SocketStream stream) throws IOException {
        var watch = Thread.ofVirtual().name("git-patience").start(() -> hangUp(stream));
        TokenQuestion question;
        try {
            question = TokenQuestion.read(stream.input());
        } finally {
            watch.interrupt();
        }
        answer(question).write(stream.output());
    }

    /** A program that connects and says nothing would keep one of few places. */
    private static void hangUp(SocketStream stream) {
        try {
            Thread.sleep(PATIENCE);
            stream.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it has asked
        }
    }

    private TokenAnswer answer(TokenQuestion question) {
        var request = GetProviderTokenRequest.newBuilder().setWait(question.patient());
        switch (question.kind()) {
            case ADDRESS -> request.setAddress(question.subject());
            case PROVIDER -> request.setProviderId(question.subject());
        }
        try {
            var token = server.token(request.build());
            if (token.getProviderId().isEmpty()) {
                return TokenAnswer.unknown();
            }
            return token.getToken().isEmpty()
                    ? TokenAnswer.unlinked(token.getPage())
                    : TokenAnswer.token(token.getToken(), token.getUsername());
        } catch (DrpcException e) {
            return TokenAnswer.failed("the server refuses: " + e.getMessage());
        } catch (IOException e) {
            return TokenAnswer.failed("the server cannot be asked: " + e.getMessage());
        }
    }
}
