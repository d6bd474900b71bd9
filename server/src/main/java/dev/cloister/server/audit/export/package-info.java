/** Parts of a log as files, for people and programs that have nothing to do with the API. */
@NullMarked
package dev.cloister.server.audit.export;

import org.jspecify.annotations.NullMarked;
