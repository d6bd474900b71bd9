/** When workspaces start and stop: schedules, the rules of templates, and the quiet hours of people. */
@NullMarked
package dev.cloister.server.workspace.schedule;

import org.jspecify.annotations.NullMarked;
