/** Which server the command line talks to, as whom, and where it remembers that. */
@NullMarked
package dev.cloister.cli.session;

import org.jspecify.annotations.NullMarked;
