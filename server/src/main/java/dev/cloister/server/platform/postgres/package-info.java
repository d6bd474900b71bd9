/**
 * Runs a PostgreSQL of our own as a child process: unpacks the programs, makes the data directory, supervises the
 * server, and refuses whatever it cannot do safely. Nothing here reads or writes tables.
 */
@NullMarked
package dev.cloister.server.platform.postgres;

import org.jspecify.annotations.NullMarked;
