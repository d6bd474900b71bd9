/**
 * Bytes between a person and a workspace: a WebSocket of ours as a transport, and the relay that moves bytes between it
 * and a stream of the agent's connection.
 */
@NullMarked
package dev.cloister.gateway.stream;

import org.jspecify.annotations.NullMarked;
