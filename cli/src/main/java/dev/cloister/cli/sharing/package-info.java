/** Commands for sharing workspaces with people and groups. */
@NullMarked
package dev.cloister.cli.sharing;

import org.jspecify.annotations.NullMarked;
