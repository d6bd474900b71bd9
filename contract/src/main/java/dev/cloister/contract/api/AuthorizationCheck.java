package dev.cloister.contract.api;

/** One such question. */
public record AuthorizationCheck(AuthorizationObject object, String action) {}
