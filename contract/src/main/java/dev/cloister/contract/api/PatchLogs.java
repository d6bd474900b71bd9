package dev.cloister.contract.api;

import java.util.List;

/** Lines of an agent's log. */
public record PatchLogs(String logSourceId, List<PatchLogsLine> logs) {}
