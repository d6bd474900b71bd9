/** The tree over the audit log: gives every event its place, signs its heads, and proves what is on it. */
@NullMarked
package dev.cloister.server.audit.log;

import org.jspecify.annotations.NullMarked;
