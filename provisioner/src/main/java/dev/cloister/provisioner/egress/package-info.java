/** The only way out of a workspace: a forwarding proxy that checks names first and addresses after resolution. */
@NullMarked
package dev.cloister.provisioner.egress;

import org.jspecify.annotations.NullMarked;
