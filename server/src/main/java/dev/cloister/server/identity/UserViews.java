package dev.cloister.server.identity;

import dev.cloister.contract.api.SlimRole;
import dev.cloister.contract.api.User;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Role;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.http.Request;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Accounts as the API shows them, and the person that a path names. */
public final class UserViews {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserRepository users;
    private final UserResolver resolver;

    public UserViews(Transactions transactions, Authorizer authorizer, UserRepository users, UserResolver resolver) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.resolver = resolver;
    }

    /** A page of a list with the size of the whole. */
    record Page(List<User> users, int count) {}

    UserId id(Request request) {
        return transactions.read(tx -> resolver.resolve(tx, request.caller(), request.path("user")));
    }

    /** The organization that the path names. */
    OrganizationId organization(Request request, OrganizationResolver organizations) {
        return transactions.read(tx -> organizations.resolve(tx, request.caller(), request.path("organizationname")));
    }

    Page list(Caller caller, UserFilter filter, UserPage wanted) {
        var visibility = authorizer.visible(caller, ResourceType.USER, UserRepository.columns());
        return transactions.read(tx -> {
            List<Account> accounts = users.list(tx, visibility, filter, wanted);
            Map<UUID, List<UUID>> memberships = users.organizationsOf(tx, accounts);
            return new Page(
                    accounts.stream()
                            .map(account -> wire(
                                    account,
                                    memberships.getOrDefault(account.id().value(), List.of())))
                            .toList(),
                    users.count(tx, visibility, filter));
        });
    }

    User wire(Account account) {
        List<UUID> organizations = transactions
                .read(tx -> users.organizationsOf(tx, List.of(account)))
                .getOrDefault(account.id().value(), List.of());
        return wire(account, organizations);
    }

    static User wire(UserRepository.Whole whole) {
        return wire(whole.account(), whole.organizations());
    }

    private static User wire(Account account, List<UUID> organizations) {
        return new User(
                account.id().value(),
                account.username(),
                account.name(),
                account.avatarUrl(),
                account.email(),
                account.createdAt(),
                account.updatedAt(),
                account.lastSeenAt(),
                account.status(),
                account.loginType(),
                account.isServiceAccount(),
                "",
                organizations,
                account.rbacRoles().stream()
                        .map(name -> new SlimRole(
                                name, Role.parse(name).map(Role::displayName).orElse(""), ""))
                        .toList(),
                false);
    }
}
