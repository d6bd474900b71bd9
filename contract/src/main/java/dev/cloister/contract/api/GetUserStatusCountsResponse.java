package dev.cloister.contract.api;

import java.util.List;
import java.util.Map;

/** How many people had each status, day by day. */
public record GetUserStatusCountsResponse(Map<UserStatus, List<UserStatusChangeCount>> statusCounts) {}
