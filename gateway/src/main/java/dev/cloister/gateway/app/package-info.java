/**
 * Passes HTTP and WebSocket requests on to web applications inside workspaces, over byte streams that the caller opens.
 * Who may is decided before; what crosses in either direction is decided here: nothing of the platform's reaches an app,
 * and an app sets nothing for the platform.
 */
@NullMarked
package dev.cloister.gateway.app;

import org.jspecify.annotations.NullMarked;
