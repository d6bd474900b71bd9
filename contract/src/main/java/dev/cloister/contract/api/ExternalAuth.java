package dev.cloister.contract.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody's link with a provider, as the provider sees it now. */
public record ExternalAuth(
        boolean authenticated,
        boolean device,
        String displayName,
        boolean supportsRevocation,
        @Nullable ExternalAuthUser user,
        boolean appInstallable,
        List<ExternalAuthAppInstallation> installations,
        String appInstallUrl) {}
