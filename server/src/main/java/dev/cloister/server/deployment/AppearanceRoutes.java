package dev.cloister.server.deployment;

import dev.cloister.contract.api.AppearanceConfig;
import dev.cloister.contract.api.BannerConfig;
import dev.cloister.contract.api.UpdateAppearanceConfig;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.time.Clock;
import java.util.List;

/** What the dashboard is called and announces. */
public final class AppearanceRoutes {
    private static final String PATH = "/api/v2/appearance";
    private static final String NAME = "appearance";
    private static final BannerConfig NONE = new BannerConfig(false, "", "");

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final DeploymentSettingsRepository settings;
    private final Clock clock;

    public AppearanceRoutes(
            Transactions transactions, Authorizer authorizer, DeploymentSettingsRepository settings, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.settings = settings;
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.get(PATH, Access.open("the sign-in page shows name and logo; announcements need a session"), this::get)
                .named("Enterprise", "Get what the dashboard is called and announces")
                .answers(200, AppearanceConfig.class);
        routes.put(PATH, Access.to(Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG), this::put)
                .named("Enterprise", "Set what the dashboard is called and announces")
                .takes(UpdateAppearanceConfig.class)
                .answers(200, UpdateAppearanceConfig.class);
    }

    private Response get(Request request) {
        var appearance = transactions.read(tx -> settings.get(tx, NAME, Appearance.class, Appearance.PLAIN));
        boolean known = request.caller() instanceof Caller.User;
        List<BannerConfig> banners = known ? appearance.banners() : List.of();
        return Response.ok(new AppearanceConfig(
                appearance.applicationName(), appearance.logoUrl(), "", first(banners), banners, List.of()));
    }

    /** Older clients know one banner only. */
    private static BannerConfig first(List<BannerConfig> banners) {
        return banners.stream().filter(BannerConfig::enabled).findFirst().orElse(NONE);
    }

    private Response put(Request request) {
        var body = request.body(UpdateAppearanceConfig.class);
        var wanted = transactions.change(request.caller(), tx -> {
            authorizer.requireOnType(request.caller(), Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG, null);
            var checked = AppearanceRules.check(body);
            var before = settings.get(tx, NAME, Appearance.class, Appearance.PLAIN);
            settings.put(tx, NAME, checked, clock.instant());
            return Changed.to(checked, AuditEvent.updated(before, checked));
        });
        return Response.ok(new UpdateAppearanceConfig(
                wanted.applicationName(), wanted.logoUrl(), first(wanted.banners()), wanted.banners()));
    }
}
