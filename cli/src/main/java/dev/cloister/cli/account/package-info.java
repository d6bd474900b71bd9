/** Commands for people, their tokens, and the log of what they did. */
@NullMarked
package dev.cloister.cli.account;

import org.jspecify.annotations.NullMarked;
