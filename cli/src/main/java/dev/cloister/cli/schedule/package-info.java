/** Commands for the times at which workspaces start and stop by themselves. */
@NullMarked
package dev.cloister.cli.schedule;

import org.jspecify.annotations.NullMarked;
