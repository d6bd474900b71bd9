/** The program inside a workspace: dials out to the server, runs the workspace's scripts and apps, lets its users in. */
@NullMarked
package dev.cloister.agent;

import org.jspecify.annotations.NullMarked;
