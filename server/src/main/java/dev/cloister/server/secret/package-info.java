/** Encryption of what is secret in the database: master keys that are kept outside of it, and the one cipher that uses them. */
@NullMarked
package dev.cloister.server.secret;

import org.jspecify.annotations.NullMarked;
