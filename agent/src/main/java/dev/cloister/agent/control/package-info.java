/** The connection to the server: dialling, calling, and queues that outlive a lost connection. */
@NullMarked
package dev.cloister.agent.control;

import org.jspecify.annotations.NullMarked;
