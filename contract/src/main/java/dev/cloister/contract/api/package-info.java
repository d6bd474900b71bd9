/**
 * The records of the HTTP API: one per schema of Coder's API version 2, whose names and JSON forms they keep, and a few
 * of our own.
 *
 * <p>What a component's type says is what a reader may rely on: a {@code @Nullable} component may be null or absent,
 * texts, lists and maps are empty when absent, numbers and flags are zero, and anything else that is absent is refused
 * while reading (see {@link dev.cloister.contract.api.ApiJson}).
 */
@NullMarked
package dev.cloister.contract.api;

import org.jspecify.annotations.NullMarked;
