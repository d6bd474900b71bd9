/** Checks an exported log with nothing but the public key, and names the first place that is wrong. */
@NullMarked
package dev.cloister.contract.proof.check;

import org.jspecify.annotations.NullMarked;
