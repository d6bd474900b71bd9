package dev.cloister.cli.group;

import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.Group;
import dev.cloister.contract.api.ReducedUser;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a list of groups can show. */
enum GroupColumn implements Column<Group> {
    ID,
    NAME,
    DISPLAY_NAME,
    ORGANIZATION_ID,
    MEMBERS,
    MEMBER_COUNT,
    QUOTA_ALLOWANCE,
    SOURCE,
    AVATAR_URL;

    @Override
    public String cell(Group group, Instant now) {
        return switch (this) {
            case ID -> group.id().toString();
            case NAME -> group.name();
            case DISPLAY_NAME -> group.displayName();
            case ORGANIZATION_ID -> group.organizationId().toString();
            case MEMBERS -> group.members().stream().map(ReducedUser::email).collect(Collectors.joining(", "));
            case MEMBER_COUNT -> Integer.toString(group.totalMemberCount());
            case QUOTA_ALLOWANCE -> Integer.toString(group.quotaAllowance());
            case SOURCE -> group.source().name().toLowerCase(Locale.ROOT);
            case AVATAR_URL -> group.avatarUrl();
        };
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
