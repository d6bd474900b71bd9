/** The commands about provisioners, which build workspaces and templates, and about their jobs. */
@NullMarked
package dev.cloister.cli.provisioner;

import org.jspecify.annotations.NullMarked;
