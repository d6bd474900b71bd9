/** Templates: uploaded archives, the versions imported from them, their parameters, and the ready-made ones. */
@NullMarked
package dev.cloister.server.template;

import org.jspecify.annotations.NullMarked;
