/** What tests of the command line share: a real server that answers as it is told, and a way to run commands. */
package dev.cloister.cli.testing;
