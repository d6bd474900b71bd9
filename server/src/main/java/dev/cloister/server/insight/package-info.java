/** How people use templates: counted from what agents report and from the connection log. */
@NullMarked
package dev.cloister.server.insight;

import org.jspecify.annotations.NullMarked;
