/**
 * A WebSocket as a {@link dev.cloister.tunnel.Transport}: the side that dials out, on sockets of its own, or on the
 * JDK's client where that is at hand anyway.
 */
@NullMarked
package dev.cloister.tunnel.websocket;

import org.jspecify.annotations.NullMarked;
