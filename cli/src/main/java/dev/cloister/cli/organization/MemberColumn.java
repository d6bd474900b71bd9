package dev.cloister.cli.organization;

import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.OrganizationMemberWithUserData;
import dev.cloister.contract.api.SlimRole;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a list of members can show. */
enum MemberColumn implements Column<OrganizationMemberWithUserData> {
    USERNAME,
    NAME,
    EMAIL,
    STATUS,
    LAST_SEEN_AT,
    USER_CREATED_AT,
    USER_UPDATED_AT,
    USER_ID,
    ORGANIZATION_ID,
    CREATED_AT,
    UPDATED_AT,
    ORGANIZATION_ROLES,
    SITE_ROLES;

    @Override
    public String cell(OrganizationMemberWithUserData member, Instant now) {
        return switch (this) {
            case USERNAME -> member.username();
            case NAME -> member.name();
            case EMAIL -> member.email();
            case STATUS -> member.status().name().toLowerCase(Locale.ROOT);
            case LAST_SEEN_AT -> Ages.since(member.lastSeenAt(), now);
            case USER_CREATED_AT -> member.userCreatedAt().toString();
            case USER_UPDATED_AT -> member.userUpdatedAt().toString();
            case USER_ID -> member.userId().toString();
            case ORGANIZATION_ID -> member.organizationId().toString();
            case CREATED_AT -> member.createdAt().toString();
            case UPDATED_AT -> member.updatedAt().toString();
            case ORGANIZATION_ROLES -> names(member.roles());
            case SITE_ROLES -> names(member.globalRoles());
        };
    }

    private static String names(List<SlimRole> roles) {
        return roles.stream().map(SlimRole::name).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
