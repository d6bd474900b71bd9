/**
 * What an agent and the server say to each other: the generated messages of Coder's agent protocol, the messages
 * Cloister adds to it, and the names of the calls.
 */
@NullMarked
package dev.cloister.contract.agent;

import org.jspecify.annotations.NullMarked;
