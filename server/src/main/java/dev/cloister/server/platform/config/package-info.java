/** Settings: declared once, read from flag, environment and file in that order, refused loudly where they make no sense. */
@NullMarked
package dev.cloister.server.platform.config;

import org.jspecify.annotations.NullMarked;
