package dev.cloister.cli.account;

import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.SlimRole;
import dev.cloister.contract.api.User;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a list of users can show. */
enum UserColumn implements Column<User> {
    ID,
    USERNAME,
    NAME,
    EMAIL,
    CREATED_AT,
    UPDATED_AT,
    LAST_SEEN,
    STATUS,
    LOGIN_TYPE,
    ROLES;

    @Override
    public String cell(User user, Instant now) {
        return switch (this) {
            case ID -> user.id().toString();
            case USERNAME -> user.username();
            case NAME -> user.name();
            case EMAIL -> user.email();
            case CREATED_AT -> user.createdAt().toString();
            case UPDATED_AT -> user.updatedAt().toString();
            case LAST_SEEN -> Ages.since(user.lastSeenAt(), now);
            case STATUS -> user.status().name().toLowerCase(Locale.ROOT);
            case LOGIN_TYPE -> user.loginType().name().toLowerCase(Locale.ROOT);
            case ROLES -> user.roles().stream().map(SlimRole::name).collect(Collectors.joining(" "));
        };
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
