/** A thin, blocking client of the HTTP API for the command line and for tests: one method per operation, no cleverness. */
@NullMarked
package dev.cloister.contract.client;

import org.jspecify.annotations.NullMarked;
