/** Real parts for tests of the server: a PostgreSQL for the whole run, an HTTP server on loopback, people. */
@NullMarked
package dev.cloister.server.testing;

import org.jspecify.annotations.NullMarked;
