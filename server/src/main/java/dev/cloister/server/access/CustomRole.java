package dev.cloister.server.access;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that administrators made. It belongs to an organization and then speaks of that organization alone, or to the
 * site.
 *
 * @param organization null for a role of the site
 * @param site on everything, everywhere; only of a role of the site
 * @param user on site-wide things of the holder's own; only of a role of the site
 * @param all on everything in the organization; only of a role of an organization
 * @param mine on the holder's own things in the organization; only of a role of an organization
 */
public record CustomRole(
        String name,
        String displayName,
        @Nullable UUID organization,
        List<Permission> site,
        List<Permission> user,
        List<Permission> all,
        List<Permission> mine) {
    public CustomRole {
        site = List.copyOf(site);
        user = List.copyOf(user);
        all = List.copyOf(all);
        mine = List.copyOf(mine);
    }
}
