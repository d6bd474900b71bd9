package dev.cloister.server.connection.agent;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.cloister.server.access.Caller;
import java.util.function.BiFunction;

/**
 * A call of agents that another feature answers.
 *
 * @param method its full name, as in {@code AgentRpc}
 */
public record AgentCall<Q extends MessageLite>(
        String method, Parser<Q> parser, BiFunction<Caller.Agent, Q, MessageLite> answer) {
    MessageLite answer(AgentGrant grant, Q request) {
        return answer.apply(grant.caller(), request);
    }
}
