/**
 * Child processes and pseudo-terminals, straight on the C library: a session of its own for each child, a controlling
 * terminal where asked, exact exit signals, and descriptors that virtual threads may wait on. The JDK's process API
 * offers none of these.
 */
@NullMarked
package dev.cloister.agent.process;

import org.jspecify.annotations.NullMarked;
