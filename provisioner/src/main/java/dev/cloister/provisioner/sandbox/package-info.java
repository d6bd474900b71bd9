/** The engine that runs a workspace as Linux namespaces of the same host, through bubblewrap. */
@NullMarked
package dev.cloister.provisioner.sandbox;

import org.jspecify.annotations.NullMarked;
