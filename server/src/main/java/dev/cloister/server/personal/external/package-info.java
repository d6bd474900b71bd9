/** Links of people to providers of other services, by OAuth 2 (RFC 6749), for the tools in their workspaces. */
@NullMarked
package dev.cloister.server.personal.external;

import org.jspecify.annotations.NullMarked;
