package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.notification.Notices;
import dev.cloister.server.organization.MembershipService;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.organization.OrganizationService;
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Freshness;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The parts of this feature put together. */
public final class Identity {
    private final SessionService sessions;
    private final UserResolver resolver;
    private final People people;
    private final FirstSetup setup;
    private final Dormancy dormancy;
    private final ExpiredKeys expiredKeys;
    private final List<Consumer<Routes>> routes;

    /**
     * What an operator decides.
     *
     * @param session how long an unused session lives
     * @param maximum how long any session lives
     * @param maximumToken the longest life of a token
     * @param maximumOwnerToken the longest life of a token of an owner
     * @param usualToken how long a token lives that nobody gave a life
     * @param dormantAfterDays without activity; 0 for never
     * @param loginsPerMinute attempts that an address has in a minute; 0 for no limit
     * @param secureCookies whether cookies are only for HTTPS even where a request does not show it
     * @param setupToken of the link that creates the first administrator
     * @param setupTokenRequired false where only this machine reaches the server
     * @param afterSetup what follows the first administrator
     * @param rules what is taken from built-in roles
     */
    public record Settings(
            Duration session,
            Duration maximum,
            Duration maximumToken,
            Duration maximumOwnerToken,
            Duration usualToken,
            long dormantAfterDays,
            long loginsPerMinute,
            boolean secureCookies,
            Secret setupToken,
            boolean setupTokenRequired,
            FirstSetup.AfterSetup afterSetup,
            DeploymentRules rules) {}

    private Identity(
            SessionService sessions,
            UserResolver resolver,
            People people,
            FirstSetup setup,
            Dormancy dormancy,
            ExpiredKeys expiredKeys,
            List<Consumer<Routes>> routes) {
        this.sessions = sessions;
        this.resolver = resolver;
        this.people = people;
        this.setup = setup;
        this.dormancy = dormancy;
        this.expiredKeys = expiredKeys;
        this.routes = List.copyOf(routes);
    }

    /**
     * @param codes brings one-time codes to people
     * @param freshness tells whether what was read about credentials still holds
     * @param notices tells people what happens to accounts
     */
    public static Identity create(
            Transactions transactions,
            Authorizer authorizer,
            MembershipService memberships,
            OrganizationService organizations,
            OrganizationResolver organizationNames,
            RateLimits limits,
            OneTimeCodes codes,
            Freshness freshness,
            Notices notices,
            Settings settings,
            Clock clock) {
        var users = new UserRepository();
        var keys = new ApiKeyRepository();
        var passwords = new Passwords();
        var resolver = new UserResolver(users);
        var lives = new SessionSettings(
                settings.session(),
                settings.maximum(),
                settings.maximumToken(),
                settings.maximumOwnerToken(),
                settings.usualToken());
        var throttle = new LoginThrottle(limits, settings.loginsPerMinute(), clock);
        var sessions = new SessionService(
                transactions,
                users,
                keys,
                new KnownCredentials(transactions, new CredentialRepository(settings.rules()), freshness),
                new CredentialUses(transactions, keys),
                passwords,
                throttle,
                lives,
                clock);
        var told = new AccountNotices(notices);
        var service = new UserService(transactions, authorizer, users, keys, told, clock);
        var creation = new UserCreation(
                transactions, authorizer, users, memberships, organizationNames, passwords, told, clock);
        var setup = new FirstSetup(
                transactions,
                users,
                creation,
                memberships,
                passwords,
                settings.setupToken(),
                settings.setupTokenRequired(),
                settings.afterSetup());
        var views = new UserViews(transactions, authorizer, users, resolver);
        var tokens = new TokenService(transactions, authorizer, keys, lives, clock);
        var ownSettings = new UserSettingService(transactions, authorizer, users, new UserSettingRepository());
        var ownPasswords = new PasswordService(transactions, authorizer, users, keys, passwords, throttle, clock);
        var resets = new PasswordResets(
                transactions, authorizer, users, new OneTimeCodeRepository(), keys, passwords, throttle, codes, clock);
        return new Identity(
                sessions,
                resolver,
                new People(transactions, authorizer, users, resolver),
                setup,
                new Dormancy(transactions, users, settings.dormantAfterDays(), clock),
                new ExpiredKeys(transactions, keys, clock),
                List.of(
                        new UserRoutes(views, service, creation, setup, organizations, organizationNames)::register,
                        new PasswordRoutes(views, service, ownPasswords, resets)::register,
                        new UserSettingRoutes(views, ownSettings)::register,
                        new TokenRoutes(tokens, views)::register,
                        new SessionRoutes(
                                        sessions,
                                        new AccessChecks(transactions, authorizer),
                                        lives,
                                        settings.secureCookies())::register));
    }

    public void register(Routes all) {
        routes.forEach(part -> part.accept(all));
    }

    /** What makes unused accounts dormant; to be started, and closed at the end. */
    public Dormancy dormancy() {
        return dormancy;
    }

    /** What forgets sessions and tokens that ended long ago; to be started, and closed at the end. */
    public ExpiredKeys expiredKeys() {
        return expiredKeys;
    }

    public SessionService sessions() {
        return sessions;
    }

    public UserResolver users() {
        return resolver;
    }

    /** People as other features need them. */
    public People people() {
        return people;
    }

    public FirstSetup setup() {
        return setup;
    }
}
