package dev.cloister.contract.api;

import java.util.Map;

/** Questions whether the caller may do certain things, by keys of the caller's choice. */
public record AuthorizationRequest(Map<String, AuthorizationCheck> checks) {}
