package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** How people can log in here. */
public record AuthMethods(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String termsOfServiceUrl,
        AuthMethod password,
        GithubAuthMethod github,
        OIDCAuthMethod oidc) {}
