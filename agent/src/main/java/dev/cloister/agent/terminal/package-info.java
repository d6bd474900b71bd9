/** Terminals that outlive their connection: several viewers, and a screen that is shown again. */
@NullMarked
package dev.cloister.agent.terminal;

import org.jspecify.annotations.NullMarked;
