/** Values a template wants shown about a running workspace, each collected by a small script. */
@NullMarked
package dev.cloister.agent.metadata;

import org.jspecify.annotations.NullMarked;
