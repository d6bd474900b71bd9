package dev.cloister.server.access;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Where a right reaches.
 *
 * @param person whose right it is
 * @param everywhere on every object
 * @param ownWithoutOrganization on site-wide objects of one's own
 * @param organizations on every object of these organizations
 * @param ownIn on one's own objects in these organizations
 * @param members the organizations where grants on single objects count
 * @param groups the groups whose grants count
 * @param only the only ids a credential leaves of all this; empty for all
 */
record Reach(
        UUID person,
        boolean everywhere,
        boolean ownWithoutOrganization,
        Set<UUID> organizations,
        Set<UUID> ownIn,
        Set<UUID> members,
        Set<UUID> groups,
        Set<UUID> only) {
    private static final UUID NOBODY = new UUID(0, 0);

    static final Reach EVERYWHERE = everywhere(NOBODY, Set.of());
    static final Reach NOWHERE = new Reach(NOBODY, false, false, Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    static Reach everywhere(UUID person, Set<UUID> only) {
        return new Reach(person, true, true, Set.of(), Set.of(), Set.of(), Set.of(), only);
    }

    boolean isNowhere() {
        return !isSomewhere(true);
    }

    /** @param ownCounts whether there can be objects of one's own outside of organizations */
    boolean isSomewhere(boolean ownCounts) {
        return everywhere
                || (ownCounts && ownWithoutOrganization)
                || !organizations.isEmpty()
                || !ownIn.isEmpty()
                || !members.isEmpty();
    }

    static final class Builder {
        private final UUID person;
        private final Set<UUID> only;
        private boolean own;
        private final Set<UUID> organizations = new HashSet<>();
        private final Set<UUID> ownIn = new HashSet<>();
        private Set<UUID> members = Set.of();
        private Set<UUID> groups = Set.of();

        Builder(UUID person, Set<UUID> only) {
            this.person = person;
            this.only = only;
        }

        void own(boolean may) {
            own = may;
        }

        void organization(UUID id, boolean all, boolean mine) {
            if (all) {
                organizations.add(id);
            } else if (mine) {
                ownIn.add(id);
            }
        }

        void grants(Set<UUID> inOrganizations, Set<UUID> toGroups) {
            members = inOrganizations;
            groups = toGroups;
        }

        Reach build() {
            return new Reach(person, false, own, organizations, ownIn, members, groups, only);
        }
    }
}
