/** Scripts that run when the workspace starts and stops, with bounded output, time and rate. */
@NullMarked
package dev.cloister.agent.script;

import org.jspecify.annotations.NullMarked;
