package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A new token. The lifetime is in nanoseconds; zero takes the default of the deployment. */
public record CreateTokenRequest(
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long lifetime,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String scope,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> scopes,
        String tokenName,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<APIAllowListTarget> allowList) {}
