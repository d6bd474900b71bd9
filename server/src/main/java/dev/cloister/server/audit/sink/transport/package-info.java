/** The ways by which copied events leave the server. */
@NullMarked
package dev.cloister.server.audit.sink.transport;

import org.jspecify.annotations.NullMarked;
