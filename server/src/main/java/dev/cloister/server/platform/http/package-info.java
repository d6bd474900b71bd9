/** The thin router over Jetty: routes that name their access, requests, responses, WebSockets, and the one mapping of failures to HTTP. */
@NullMarked
package dev.cloister.server.platform.http;

import org.jspecify.annotations.NullMarked;
