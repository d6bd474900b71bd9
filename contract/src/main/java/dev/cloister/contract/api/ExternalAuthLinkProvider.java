package dev.cloister.contract.api;

import java.util.List;

/** A provider that accounts can be linked with. */
public record ExternalAuthLinkProvider(
        String id,
        String type,
        boolean device,
        String displayName,
        String displayIcon,
        boolean allowRefresh,
        boolean allowValidate,
        boolean supportsRevocation,
        List<String> codeChallengeMethodsSupported) {}
