package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/**
 * What an agent tells at its start.
 *
 * @param sshHostKey its public SSH host key, in the form of an authorized-keys line without a comment
 */
public record AgentBootstrapRequest(@Nullable String sshHostKey) {}
