package dev.cloister.contract.api;

import java.util.Map;

/** What an identity provider said of somebody. */
public record OIDCClaimsResponse(Map<String, Object> claims) {}
