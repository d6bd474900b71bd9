/** Commands for roles, those of the whole deployment and those of an organization. */
@NullMarked
package dev.cloister.cli.role;

import org.jspecify.annotations.NullMarked;
