/** Apps behind the server, asked as browsers, as attackers and as programs ask. */
@NullMarked
package dev.cloister.server.connection.app;

import org.jspecify.annotations.NullMarked;
