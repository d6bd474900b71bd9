/** Who else may use a workspace: people and groups it is shared with, and ports that are open to others. */
@NullMarked
package dev.cloister.server.workspace.sharing;

import org.jspecify.annotations.NullMarked;
