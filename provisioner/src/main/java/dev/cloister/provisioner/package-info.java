/**
 * Turns templates into running workspaces: what an engine is asked, what it answers, and how it says what went wrong.
 * The engines themselves live in packages below.
 */
@NullMarked
package dev.cloister.provisioner;

import org.jspecify.annotations.NullMarked;
