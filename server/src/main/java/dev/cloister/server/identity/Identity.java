package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.organization.MembershipService;
import dev.cloister.server.organization.OrganizationService;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Routes;
import java.time.Clock;
import java.time.Duration;

/** The parts of this feature put together. */
public final class Identity {
    private final SessionService sessions;
    private final UserResolver resolver;
    private final FirstSetup setup;
    private final UserRoutes userRoutes;
    private final SessionRoutes sessionRoutes;

    /**
     * What an operator decides.
     *
     * @param session how long an unused session lives
     * @param maximum how long any session lives
     * @param maximumToken the longest life of a token
     * @param loginsPerMinute attempts that an address has in a minute; 0 for no limit
     * @param secureCookies whether cookies are only for HTTPS even where a request does not show it
     * @param setupToken of the link that creates the first administrator
     * @param setupTokenRequired false where only this machine reaches the server
     * @param afterSetup what follows the first administrator
     */
    public record Settings(
            Duration session,
            Duration maximum,
            Duration maximumToken,
            long loginsPerMinute,
            boolean secureCookies,
            Secret setupToken,
            boolean setupTokenRequired,
            FirstSetup.AfterSetup afterSetup) {}

    private Identity(
            SessionService sessions,
            UserResolver resolver,
            FirstSetup setup,
            UserRoutes userRoutes,
            SessionRoutes sessionRoutes) {
        this.sessions = sessions;
        this.resolver = resolver;
        this.setup = setup;
        this.userRoutes = userRoutes;
        this.sessionRoutes = sessionRoutes;
    }

    public static Identity create(
            Transactions transactions,
            Authorizer authorizer,
            MembershipService memberships,
            OrganizationService organizations,
            RateLimits limits,
            Settings settings,
            Clock clock) {
        var users = new UserRepository();
        var keys = new ApiKeyRepository();
        var passwords = new Passwords();
        var resolver = new UserResolver(users);
        var lives = new SessionSettings(settings.session(), settings.maximum(), settings.maximumToken());
        var throttle = new LoginThrottle(limits, settings.loginsPerMinute(), clock);
        var sessions = new SessionService(
                transactions, users, keys, new CredentialRepository(), passwords, throttle, lives, clock);
        var service = new UserService(transactions, authorizer, users, keys, memberships, passwords, clock);
        var setup = new FirstSetup(
                transactions,
                users,
                service,
                memberships,
                passwords,
                settings.setupToken(),
                settings.setupTokenRequired(),
                settings.afterSetup());
        var views = new UserViews(transactions, authorizer, users, resolver);
        var tokens = new TokenService(transactions, authorizer, keys, lives, clock);
        return new Identity(
                sessions,
                resolver,
                setup,
                new UserRoutes(views, service, setup, organizations),
                new SessionRoutes(
                        sessions,
                        tokens,
                        new AccessChecks(transactions, authorizer),
                        views,
                        lives,
                        settings.secureCookies()));
    }

    public void register(Routes routes) {
        userRoutes.register(routes);
        sessionRoutes.register(routes);
    }

    public SessionService sessions() {
        return sessions;
    }

    public UserResolver users() {
        return resolver;
    }

    public FirstSetup setup() {
        return setup;
    }
}
