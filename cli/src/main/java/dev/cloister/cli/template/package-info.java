/** Commands for templates and their versions, and the archives in which templates travel. */
@NullMarked
package dev.cloister.cli.template;

import org.jspecify.annotations.NullMarked;
