package dev.cloister.server.personal;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.GetGitKeyRequest;
import dev.cloister.contract.agent.GitPublicKey;
import dev.cloister.contract.agent.GitSignature;
import dev.cloister.contract.agent.SignForGitRequest;
import dev.cloister.server.connection.agent.AgentCall;
import java.util.List;

/** The owner's SSH key for Git in a workspace: its agent learns the public half and asks for signatures. */
final class GitKeyCalls {
    private final GitKeyService service;

    GitKeyCalls(GitKeyService service) {
        this.service = service;
    }

    List<AgentCall<?>> all() {
        return List.of(
                new AgentCall<>(
                        AgentRpc.GET_GIT_KEY,
                        GetGitKeyRequest.parser(),
                        (agent, ignored) -> GitPublicKey.newBuilder()
                                .setBlob(ByteString.copyFrom(service.publicKeyForAgent(agent)))
                                .build()),
                new AgentCall<>(
                        AgentRpc.SIGN_FOR_GIT,
                        SignForGitRequest.parser(),
                        (agent, request) -> GitSignature.newBuilder()
                                .setBlob(ByteString.copyFrom(service.sign(
                                        agent,
                                        request.getData().toByteArray(),
                                        request.getHostKey().toByteArray())))
                                .build()));
    }
}
