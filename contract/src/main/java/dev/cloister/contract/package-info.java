/** What crosses a wire between the parts of Cloister, and the few value types that all of them need. */
@NullMarked
package dev.cloister.contract;

import org.jspecify.annotations.NullMarked;
