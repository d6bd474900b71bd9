package dev.cloister.contract.api;

import java.util.UUID;

/**
 * The SSH host key of an agent in the form of an authorized-keys line, without comment. Clients trust the server for
 * it, so that nothing asks at the first connection.
 */
public record AgentHostKey(UUID agentId, String sshHostKey) {}
