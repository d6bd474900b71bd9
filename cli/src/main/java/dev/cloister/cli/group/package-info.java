/** Commands for the groups of an organization. */
@NullMarked
package dev.cloister.cli.group;

import org.jspecify.annotations.NullMarked;
