/** The way into workspaces, with agents written for the tests on the real protocol. */
@NullMarked
package dev.cloister.server.connection;

import org.jspecify.annotations.NullMarked;
