/** What a client asks about the deployment itself: its version, its health, what it offers. */
@NullMarked
package dev.cloister.server.deployment;

import org.jspecify.annotations.NullMarked;
