/** Waiting for the jobs of the server while their logs are shown. */
@NullMarked
package dev.cloister.cli.job;

import org.jspecify.annotations.NullMarked;
