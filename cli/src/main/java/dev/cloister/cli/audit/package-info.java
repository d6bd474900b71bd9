/** The audit log: reading it, exporting it, proving it, and checking all that without the server. */
@NullMarked
package dev.cloister.cli.audit;

import org.jspecify.annotations.NullMarked;
