package dev.cloister.contract.api;

/**
 * One line of a role. {@code *} stands for all types or all actions of a type.
 *
 * @param negate whether it takes away what other roles give
 */
public record Permission(boolean negate, String resourceType, String action) {}
