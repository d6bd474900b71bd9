/**
 * The way into workspaces: streams for SSH, terminals and ports, each opened on a right, with a ticket that tells the
 * agent who it is for, on the log from its first byte to its last, and cut within a second when the right ends.
 *
 * <p>{@code agent} holds the other end of the streams, {@code app} lets browsers through to web applications.
 */
@NullMarked
package dev.cloister.server.connection;

import org.jspecify.annotations.NullMarked;
