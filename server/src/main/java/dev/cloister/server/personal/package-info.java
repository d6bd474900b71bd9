/** What people bring along into their workspaces: a key for Git, secrets, links to other providers. */
@NullMarked
package dev.cloister.server.personal;

import org.jspecify.annotations.NullMarked;
