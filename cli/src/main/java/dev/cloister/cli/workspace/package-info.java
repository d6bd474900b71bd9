/** Commands for workspaces: making, listing, starting, stopping and deleting them, and reading their logs. */
@NullMarked
package dev.cloister.cli.workspace;

import org.jspecify.annotations.NullMarked;
