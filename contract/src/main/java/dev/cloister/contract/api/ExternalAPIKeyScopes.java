package dev.cloister.contract.api;

import java.util.List;

/** The scopes that a token can be asked for with. */
public record ExternalAPIKeyScopes(List<String> external) {}
