package dev.cloister.contract.api;

/**
 * How much of a person's quota in an organization is taken.
 *
 * @param creditsConsumed what their workspaces cost a day
 * @param budget what they may cost
 */
public record WorkspaceQuota(int creditsConsumed, int budget) {}
