/**
 * Streams to agents that are connected to another server process of the deployment: one mutually proven connection from
 * process to process, on which each stream to an agent is a stream of its own.
 */
@NullMarked
package dev.cloister.server.connection.relay;

import org.jspecify.annotations.NullMarked;
