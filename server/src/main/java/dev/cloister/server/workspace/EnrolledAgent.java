package dev.cloister.server.workspace;

import java.util.UUID;

/**
 * The agent that a build has made known to its workspace: its id, and the hash of the token that only it holds.
 *
 * @param tellsHostKey whether it makes its SSH host key itself and tells it
 */
record EnrolledAgent(UUID id, byte[] hashedToken, boolean tellsHostKey) {}
