/** Commands for organizations: their members, their roles and their settings. */
@NullMarked
package dev.cloister.cli.organization;

import org.jspecify.annotations.NullMarked;
