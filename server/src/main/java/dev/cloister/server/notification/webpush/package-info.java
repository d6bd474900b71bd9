/**
 * Notifications to browsers (Web Push): subscriptions of people, messages that only the browser can read (RFC 8291), and
 * the proof to the browser's push service of who sends them (RFC 8292).
 */
@NullMarked
package dev.cloister.server.notification.webpush;

import org.jspecify.annotations.NullMarked;
