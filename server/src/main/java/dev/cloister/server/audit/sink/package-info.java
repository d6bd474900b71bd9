/**
 * Copies of the audit log elsewhere: for each sink a durable cursor into the tree, a follower that sends what comes after
 * it, and the signed heads with it, so that the receiver can prove that nothing was lost.
 */
@NullMarked
package dev.cloister.server.audit.sink;

import org.jspecify.annotations.NullMarked;
