package dev.cloister.contract.api;

/** Somebody as a provider knows them. */
public record ExternalAuthUser(long id, String login, String avatarUrl, String profileUrl, String name) {}
