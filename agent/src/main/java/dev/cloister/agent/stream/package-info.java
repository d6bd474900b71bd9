/** Streams that the server opens to the agent: nothing happens on one before its ticket has been verified. */
@NullMarked
package dev.cloister.agent.stream;

import org.jspecify.annotations.NullMarked;
