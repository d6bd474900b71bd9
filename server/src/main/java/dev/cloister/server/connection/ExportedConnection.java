package dev.cloister.server.connection;

import dev.cloister.contract.api.ConnectionLog;
import dev.cloister.contract.api.MinimalUser;
import org.jspecify.annotations.Nullable;

/** A connection with what the list does not show of it. */
record ExportedConnection(
        ConnectionLog log, @Nullable MinimalUser user, String userAgent, long bytesFromUser, long bytesToUser) {}
