/**
 * Runs templates of {@code *.tf} files by the terraform or tofu that the operator has installed: each run in a directory
 * of its own, with a provider of its own, without any of the server's environment, and as an account that cannot read
 * what the server keeps. {@link TerraformEngine} is the way in.
 */
@NullMarked
package dev.cloister.provisioner.terraform;

import org.jspecify.annotations.NullMarked;
