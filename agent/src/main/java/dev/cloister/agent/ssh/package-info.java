/** The SSH server that speaks on a stream. It listens nowhere; who may connect is decided by tickets. */
@NullMarked
package dev.cloister.agent.ssh;

import org.jspecify.annotations.NullMarked;
