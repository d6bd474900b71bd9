/**
 * What Git in a workspace gets from its agent: signatures by the owner's SSH key, which stays at the server, and tokens
 * of the providers with which the owner has linked an account. Both over unix sockets that only the user can reach.
 */
@NullMarked
package dev.cloister.agent.git;

import org.jspecify.annotations.NullMarked;
