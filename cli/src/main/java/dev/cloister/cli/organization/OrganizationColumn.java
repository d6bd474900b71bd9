package dev.cloister.cli.organization;

import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.Organization;
import java.time.Instant;

/** What a list of organizations can show. */
enum OrganizationColumn implements Column<Organization> {
    ID,
    NAME,
    DISPLAY_NAME,
    ICON,
    DESCRIPTION,
    CREATED_AT,
    UPDATED_AT,
    DEFAULT;

    @Override
    public String cell(Organization organization, Instant now) {
        return switch (this) {
            case ID -> organization.id().toString();
            case NAME -> organization.name();
            case DISPLAY_NAME -> organization.displayName();
            case ICON -> organization.icon();
            case DESCRIPTION -> organization.description();
            case CREATED_AT -> organization.createdAt().toString();
            case UPDATED_AT -> organization.updatedAt().toString();
            case DEFAULT -> Boolean.toString(organization.isDefault());
        };
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
