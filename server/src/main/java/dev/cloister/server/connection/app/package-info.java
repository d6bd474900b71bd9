/**
 * Lets browsers through to web applications and ports of workspaces. Each has a host name of its own, so that the
 * browser keeps it apart from the platform; it is entered with a cookie of that host alone, for which the platform hands
 * out a code that is used once. Who may is decided by the app's sharing level and the visitor's rights.
 */
@NullMarked
package dev.cloister.server.connection.app;

import org.jspecify.annotations.NullMarked;
