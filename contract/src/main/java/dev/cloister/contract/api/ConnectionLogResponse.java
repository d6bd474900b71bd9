package dev.cloister.contract.api;

import java.util.List;

/** A page of the connection log. Counting stops at the cap. */
public record ConnectionLogResponse(List<ConnectionLog> connectionLogs, long count, long countCap) {}
