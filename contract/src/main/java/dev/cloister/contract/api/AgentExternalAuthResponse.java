package dev.cloister.contract.api;

import java.time.Instant;
import java.util.Map;

/** A provider's token for tools in a workspace, or the address where its owner links their account. */
public record AgentExternalAuthResponse(
        SecretText accessToken,
        Map<String, Object> tokenExtra,
        String url,
        String type,
        SecretText username,
        SecretText password,
        Instant expiresAt) {}
