/** Workspaces: what people own, start, stop and delete. */
@NullMarked
package dev.cloister.server.workspace;

import org.jspecify.annotations.NullMarked;
