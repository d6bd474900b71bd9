/**
 * The ways into a workspace from this machine: OpenSSH through a relayed stream, the configuration that makes plain
 * {@code ssh} take that way, and forwarded ports. What a server says about itself is checked here before it gets near an
 * SSH configuration, a command line or a file.
 */
@NullMarked
package dev.cloister.cli.ssh;

import org.jspecify.annotations.NullMarked;
