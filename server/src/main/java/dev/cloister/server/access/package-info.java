/** Who may do what: callers, roles as bit sets over actions, permits that only the authorizer makes, and the SQL predicate of what a caller can see. */
@NullMarked
package dev.cloister.server.access;

import org.jspecify.annotations.NullMarked;
