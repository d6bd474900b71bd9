/** Tests with real PostgreSQL processes. */
@NullMarked
package dev.cloister.server.platform.postgres;

import org.jspecify.annotations.NullMarked;
