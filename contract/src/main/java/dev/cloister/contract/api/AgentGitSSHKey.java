package dev.cloister.contract.api;

/** Both halves of the SSH key of a workspace's owner, for its agent. */
public record AgentGitSSHKey(String publicKey, SecretText privateKey) {}
