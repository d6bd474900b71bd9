/** Small programs that a workspace's own processes run: they have no credential and ask the agent over its socket. */
@NullMarked
package dev.cloister.agent.tool;

import org.jspecify.annotations.NullMarked;
