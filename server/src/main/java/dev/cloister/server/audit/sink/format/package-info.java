/** What a copied event looks like: one line of text in one of the forms that receivers know. */
@NullMarked
package dev.cloister.server.audit.sink.format;

import org.jspecify.annotations.NullMarked;
