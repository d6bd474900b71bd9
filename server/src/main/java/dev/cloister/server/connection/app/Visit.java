package dev.cloister.server.connection.app;

import dev.cloister.gateway.app.AppVisit;

/** What one visitor has been let into, kept for their next requests. */
record Visit(AppFacts app, AppVisit connections) {}
