/**
 * A short life of an agent against a server in the same process. The image is built from it: the classes it loads are
 * kept in an ahead-of-time cache, so that a real agent starts in a fraction of the time.
 */
@NullMarked
package dev.cloister.agent.training;

import org.jspecify.annotations.NullMarked;
