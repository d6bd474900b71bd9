/** The web server by itself. */
@NullMarked
package dev.cloister.server.platform.http;

import org.jspecify.annotations.NullMarked;
