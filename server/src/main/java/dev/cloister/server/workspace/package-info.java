/** Workspaces: their life from creation to deletion, the builds that change them, and what builds made of them. */
@NullMarked
package dev.cloister.server.workspace;

import org.jspecify.annotations.NullMarked;
