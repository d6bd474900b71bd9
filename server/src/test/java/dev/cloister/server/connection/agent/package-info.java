/** The agents' side of connections, in its smallest parts. */
@NullMarked
package dev.cloister.server.connection.agent;

import org.jspecify.annotations.NullMarked;
