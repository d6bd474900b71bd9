package dev.cloister.server.deployment;

import dev.cloister.contract.api.BannerConfig;
import dev.cloister.contract.api.UpdateAppearanceConfig;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.platform.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What may stand on every page of everybody: bounded, and without addresses that run something. A banner is text with
 * links; what is not an https address there would be a trap that an administrator's account sets for all.
 */
final class AppearanceRules {
    private static final int MAX_NAME = 100;
    private static final int MAX_URL = 2000;
    private static final int MAX_MESSAGE = 1000;
    private static final int MAX_BANNERS = 10;
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Pattern ADDRESS = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(?=\\S)");
    private static final Pattern LINK = Pattern.compile("]\\(\\s*<?([^)\\s>]*)");

    private final List<ValidationError> problems = new ArrayList<>();

    private AppearanceRules() {}

    /**
     * The appearance that is wanted.
     *
     * @throws Failure.Invalid with every problem there is
     */
    static Appearance check(UpdateAppearanceConfig wanted) {
        var rules = new AppearanceRules();
        rules.text("application_name", wanted.applicationName(), MAX_NAME);
        rules.address("logo_url", wanted.logoUrl());
        List<BannerConfig> banners = wanted.announcementBanners();
        if (banners.isEmpty()
                && wanted.serviceBanner() != null
                && wanted.serviceBanner().enabled()) {
            banners = List.of(wanted.serviceBanner());
        }
        if (banners.size() > MAX_BANNERS) {
            rules.problem("announcement_banners", "At most " + MAX_BANNERS + " banners.");
        } else {
            for (int i = 0; i < banners.size(); i++) {
                rules.banner("announcement_banners[" + i + "]", banners.get(i));
            }
        }
        if (!rules.problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", rules.problems);
        }
        return new Appearance(wanted.applicationName(), wanted.logoUrl(), banners);
    }

    private void problem(String field, String sentence) {
        problems.add(new ValidationError(field, sentence));
    }

    private void text(String field, String value, int most) {
        if (value.length() > most) {
            problem(field, "Must not be longer than " + most + " characters.");
        } else if (value.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            problem(field, "Must not hold control characters.");
        }
    }

    private void address(String field, String value) {
        if (!value.isEmpty() && !isHttps(value)) {
            problem(field, "Must be empty or an https address of at most " + MAX_URL + " characters.");
        }
    }

    private static boolean isHttps(String value) {
        try {
            var url = new URI(value);
            return value.length() <= MAX_URL
                    && "https".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void banner(String field, BannerConfig banner) {
        text(field + ".message", banner.message(), MAX_MESSAGE);
        if (banner.enabled() && banner.message().isBlank()) {
            problem(field + ".message", "A banner that is shown needs a message.");
        }
        if (!banner.backgroundColor().isEmpty()
                && !COLOUR.matcher(banner.backgroundColor()).matches()) {
            problem(field + ".background_color", "Must be a colour such as #1f5fbf.");
        }
        boolean links = LINK.matcher(banner.message()).results().allMatch(link -> isHttps(link.group(1)));
        boolean schemes = ADDRESS.matcher(banner.message())
                .results()
                .map(found -> found.group(1).toLowerCase(java.util.Locale.ROOT))
                .noneMatch(List.of("http", "javascript", "data", "vbscript", "file", "blob")::contains);
        if (!links || !schemes) {
            problem(field + ".message", "Links must be https addresses.");
        }
    }
}
