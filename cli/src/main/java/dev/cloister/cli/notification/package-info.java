/** Notifications: whether they are sent, and sending them to oneself. */
@NullMarked
package dev.cloister.cli.notification;

import org.jspecify.annotations.NullMarked;
