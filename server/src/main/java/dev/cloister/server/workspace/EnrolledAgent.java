package dev.cloister.server.workspace;

import java.util.UUID;

/** The agent that a build has made known to its workspace: its id, and the hash of the token that only it holds. */
record EnrolledAgent(UUID id, byte[] hashedToken) {}
