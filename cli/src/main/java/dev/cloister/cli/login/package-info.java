/** Commands that begin and end a session, and say whose it is. */
@NullMarked
package dev.cloister.cli.login;

import org.jspecify.annotations.NullMarked;
