/** The user's account as processes see it: shell, home, environment and working directory. */
@NullMarked
package dev.cloister.agent.workplace;

import org.jspecify.annotations.NullMarked;
