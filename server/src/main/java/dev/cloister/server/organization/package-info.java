/** Tenants and who belongs to them. */
@NullMarked
package dev.cloister.server.organization;

import org.jspecify.annotations.NullMarked;
