/**
 * Many byte streams over one transport, in the yamux protocol as hashicorp's library speaks it, so that programs built
 * on that library interoperate.
 *
 * @see <a href="https://github.com/hashicorp/yamux/blob/master/spec.md">yamux specification</a>
 */
@NullMarked
package dev.cloister.tunnel.mux;

import org.jspecify.annotations.NullMarked;
