/** The packaged product as people use it: the launcher, a real browser, the real command line and real OpenSSH. */
@NullMarked
package dev.cloister.e2e;

import org.jspecify.annotations.NullMarked;
