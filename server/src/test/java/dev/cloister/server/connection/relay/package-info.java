/** How server processes prove themselves to each other. */
@NullMarked
package dev.cloister.server.connection.relay;

import org.jspecify.annotations.NullMarked;
