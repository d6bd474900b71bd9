package dev.cloister.agent.git;

import com.google.protobuf.ByteString;
import dev.cloister.agent.control.Uplink;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.GetGitKeyRequest;
import dev.cloister.contract.agent.GetProviderTokenRequest;
import dev.cloister.contract.agent.GitPublicKey;
import dev.cloister.contract.agent.GitSignature;
import dev.cloister.contract.agent.ProviderToken;
import dev.cloister.contract.agent.SignForGitRequest;
import java.io.IOException;

/** The server as Git needs it. It decides and writes down each time. */
final class GitServer {
    private final Uplink uplink;

    GitServer(Uplink uplink) {
        this.uplink = uplink;
    }

    /** The owner's public key as the SSH protocol writes it. */
    byte[] publicKey() throws IOException {
        return uplink.call(AgentRpc.GET_GIT_KEY, GetGitKeyRequest.getDefaultInstance(), GitPublicKey.parser())
                .getBlob()
                .toByteArray();
    }

    /** @param hostKey that the client has proved to have met, or empty */
    byte[] sign(byte[] data, byte[] hostKey) throws IOException {
        var request = SignForGitRequest.newBuilder()
                .setData(ByteString.copyFrom(data))
                .setHostKey(ByteString.copyFrom(hostKey))
                .build();
        return uplink.call(AgentRpc.SIGN_FOR_GIT, request, GitSignature.parser())
                .getBlob()
                .toByteArray();
    }

    ProviderToken token(GetProviderTokenRequest request) throws IOException {
        return uplink.call(AgentRpc.GET_PROVIDER_TOKEN, request, ProviderToken.parser());
    }
}
