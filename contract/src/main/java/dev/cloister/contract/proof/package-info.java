/**
 * What makes a log provable: RFC 6962 trees, C2SP tiles, signed checkpoints, cosignatures and proofs. It has no database,
 * no network and no library, because whoever checks a proof must be able to read all that is believed.
 */
@NullMarked
package dev.cloister.contract.proof;

import org.jspecify.annotations.NullMarked;
