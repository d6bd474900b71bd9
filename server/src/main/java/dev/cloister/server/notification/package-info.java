/**
 * What people are told: notices are posted in the transaction of the change that causes them, wait in a queue, and reach
 * inboxes, mail and webhooks. Knows no other feature; the features know it.
 */
@NullMarked
package dev.cloister.server.notification;

import org.jspecify.annotations.NullMarked;
