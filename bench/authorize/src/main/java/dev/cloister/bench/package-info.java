/** How long decisions take. */
@NullMarked
package dev.cloister.bench;

import org.jspecify.annotations.NullMarked;
