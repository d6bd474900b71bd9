/**
 * Tickets: short-lived signed statements by which the server tells an agent who may open a stream to what. The agent
 * trusts the signature alone, so that neither a relay nor a stolen agent connection can invent a user.
 */
@NullMarked
package dev.cloister.contract.ticket;

import org.jspecify.annotations.NullMarked;
