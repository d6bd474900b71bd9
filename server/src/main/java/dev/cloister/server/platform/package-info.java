/** What every part of the server stands on and that knows no feature: the failures a caller may meet. */
@NullMarked
package dev.cloister.server.platform;

import org.jspecify.annotations.NullMarked;
