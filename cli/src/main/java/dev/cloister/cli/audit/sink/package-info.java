/** The commands for the places where copies of the audit log go. */
@NullMarked
package dev.cloister.cli.audit.sink;

import org.jspecify.annotations.NullMarked;
