package dev.cloister.contract.api;

/** A resource which a token is limited to; "*" stands for all. */
public record APIAllowListTarget(String type, String id) {}
