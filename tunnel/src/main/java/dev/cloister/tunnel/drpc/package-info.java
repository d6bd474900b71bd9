/**
 * Remote calls over a byte stream in the dRPC protocol of storj.io/drpc. Requests and replies are opaque bytes here;
 * who calls gives them meaning.
 *
 * @see <a href="https://github.com/storj/drpc">storj dRPC</a>
 */
@NullMarked
package dev.cloister.tunnel.drpc;

import org.jspecify.annotations.NullMarked;
