/** Roles that administrators make, which roles somebody may give, and why a person has the rights they have. */
@NullMarked
package dev.cloister.server.role;

import org.jspecify.annotations.NullMarked;
