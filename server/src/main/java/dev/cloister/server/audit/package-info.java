/** The record of every change: the only door to a writing transaction, and the events that commit with it. */
@NullMarked
package dev.cloister.server.audit;

import org.jspecify.annotations.NullMarked;
