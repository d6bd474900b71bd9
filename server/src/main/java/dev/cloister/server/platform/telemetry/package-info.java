/** What the server tells its operator: the log. */
@NullMarked
package dev.cloister.server.platform.telemetry;

import org.jspecify.annotations.NullMarked;
