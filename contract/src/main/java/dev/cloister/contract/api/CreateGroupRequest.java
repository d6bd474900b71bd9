package dev.cloister.contract.api;

/** A new group. */
public record CreateGroupRequest(String name, String displayName, String avatarUrl, int quotaAllowance) {}
