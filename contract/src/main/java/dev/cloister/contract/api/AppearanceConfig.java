package dev.cloister.contract.api;

import java.util.List;

/** How the dashboard looks and what it announces; whoever is not signed in sees name and logo only. */
public record AppearanceConfig(
        String applicationName,
        String logoUrl,
        String docsUrl,
        BannerConfig serviceBanner,
        List<BannerConfig> announcementBanners,
        List<LinkConfig> supportLinks) {}
