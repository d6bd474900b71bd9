/** {@code workspace.yaml}: reading it safely, naming what is wrong with it, and filling in parameters. */
@NullMarked
package dev.cloister.provisioner.workspacefile;

import org.jspecify.annotations.NullMarked;
