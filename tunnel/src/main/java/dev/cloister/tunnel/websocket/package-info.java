/** A WebSocket as a {@link dev.cloister.tunnel.Transport}: the side that dials out, on sockets of its own. */
@NullMarked
package dev.cloister.tunnel.websocket;

import org.jspecify.annotations.NullMarked;
