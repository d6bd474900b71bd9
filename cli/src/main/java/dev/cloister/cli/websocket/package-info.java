/**
 * A WebSocket client made for moving many bytes cheaply (RFC 6455): one system call and one copy for a chunk, and the end
 * of a connection is noticed however it comes. The JDK's client costs several times the processor time for each byte, and
 * loses ends of connections that break without a close frame.
 */
@NullMarked
package dev.cloister.cli.websocket;

import org.jspecify.annotations.NullMarked;
