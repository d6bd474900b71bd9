/** Generated messages of Coder's tailnet protocol, as far as an agent's manifest refers to them. */
@NullMarked
package dev.cloister.contract.tailnet;

import org.jspecify.annotations.NullMarked;
