package dev.cloister.agent.bootstrap;

/** The credential by which the server knows this agent. */
public final class AgentToken {
    private final String value;

    public AgentToken(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the agent token is empty");
        }
        this.value = value;
    }

    /** For the header of the one request that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "AgentToken[hidden]";
    }
}
