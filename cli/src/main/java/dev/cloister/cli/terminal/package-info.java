/** What the command line prints and asks: text made harmless, tables, progress, questions. */
@NullMarked
package dev.cloister.cli.terminal;

import org.jspecify.annotations.NullMarked;
