package dev.cloister.contract.api;

/** How many people used workspaces on a day, written as 2024-01-31. */
public record DAUEntry(String date, int amount) {}
