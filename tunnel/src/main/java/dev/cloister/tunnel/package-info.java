/**
 * Byte streams over any connection: the two interfaces that the packages below are built from. {@link
 * dev.cloister.tunnel.Transport} is one connection that moves chunks; {@link dev.cloister.tunnel.ByteStream} is one of
 * many independent streams. {@code mux} makes the second out of the first, {@code drpc} makes calls over the second,
 * {@code websocket} is a transport.
 */
@NullMarked
package dev.cloister.tunnel;

import org.jspecify.annotations.NullMarked;
