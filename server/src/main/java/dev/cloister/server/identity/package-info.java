/** People and their credentials: accounts, passwords, sessions, tokens. */
@NullMarked
package dev.cloister.server.identity;

import org.jspecify.annotations.NullMarked;
