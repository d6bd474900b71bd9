package dev.cloister.contract.api;

import java.util.List;

/** Providers, and somebody's links with them. */
public record ListUserExternalAuthResponse(List<ExternalAuthLinkProvider> providers, List<ExternalAuthLink> links) {}
