/** Apps that belong to a workspace: started, restarted when they end, and asked whether they are healthy. */
@NullMarked
package dev.cloister.agent.app;

import org.jspecify.annotations.NullMarked;
