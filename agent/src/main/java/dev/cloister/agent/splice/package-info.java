/** Joins two byte streams, and offers the host's forwarding proxy on a loopback port of the workspace. */
@NullMarked
package dev.cloister.agent.splice;

import org.jspecify.annotations.NullMarked;
