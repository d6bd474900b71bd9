/** Brings messages to people: takes them from the queue, words them, and hands them to inbox, mail server or webhook. */
@NullMarked
package dev.cloister.server.notification.delivery;

import org.jspecify.annotations.NullMarked;
