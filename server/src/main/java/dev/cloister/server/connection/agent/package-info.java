/**
 * The agents of workspaces: who they are, their connections to this server, what they report, and what a person can read
 * of it.
 *
 * <p>An agent dials out and keeps one multiplexed connection. Its calls arrive on streams that it opens; streams into the
 * workspace are opened from here. With several server processes an agent is connected to one of them, and a person who
 * asks another is told so: forwarding streams between processes is not part of this package.
 */
@NullMarked
package dev.cloister.server.connection.agent;

import org.jspecify.annotations.NullMarked;
