/** How the agent learns who it is: once, over its standard input, after its memory has been closed to others. */
@NullMarked
package dev.cloister.agent.bootstrap;

import org.jspecify.annotations.NullMarked;
