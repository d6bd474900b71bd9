/** The command line of Cloister: finds the command that was asked for, runs it and turns failures into exit codes. */
@NullMarked
package dev.cloister.cli;

import org.jspecify.annotations.NullMarked;
