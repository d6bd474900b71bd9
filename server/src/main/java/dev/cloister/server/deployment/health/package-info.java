/** Whether the deployment works: what is looked at, how it is judged, and what the operator has dismissed. */
@NullMarked
package dev.cloister.server.deployment.health;

import org.jspecify.annotations.NullMarked;
