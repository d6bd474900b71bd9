package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the dashboard is called and announces; the whole of it, replaced at once. */
public record UpdateAppearanceConfig(
        String applicationName,
        String logoUrl,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BannerConfig serviceBanner,
        List<BannerConfig> announcementBanners) {}
