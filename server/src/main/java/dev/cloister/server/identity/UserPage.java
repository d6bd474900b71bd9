package dev.cloister.server.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the list of people.
 *
 * @param after the person after whom the page begins, null for the beginning
 */
record UserPage(int limit, int offset, @Nullable UUID after) {}
