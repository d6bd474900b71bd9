/** The OpenAPI document of the routes, made from the routes themselves and from the records that cross the wire. */
@NullMarked
package dev.cloister.server.platform.openapi;

import org.jspecify.annotations.NullMarked;
