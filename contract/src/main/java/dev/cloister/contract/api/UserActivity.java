package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/** For how long a person used workspaces. */
public record UserActivity(List<UUID> templateIds, UUID userId, String username, String avatarUrl, long seconds) {}
