package dev.cloister.server.access;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Where a right reaches.
 *
 * @param everywhere on every object
 * @param ownWithoutOrganization on site-wide objects of one's own
 * @param organizations on every object of these organizations
 * @param ownIn on one's own objects in these organizations
 * @param members the organizations whose grants to "Everyone" count
 */
record Reach(
        boolean everywhere,
        boolean ownWithoutOrganization,
        Set<UUID> organizations,
        Set<UUID> ownIn,
        Set<UUID> members) {
    static final Reach EVERYWHERE = new Reach(true, true, Set.of(), Set.of(), Set.of());
    static final Reach NOWHERE = new Reach(false, false, Set.of(), Set.of(), Set.of());

    static Reach ofGrants(Set<UUID> members) {
        return new Reach(false, false, Set.of(), Set.of(), Set.copyOf(members));
    }

    boolean isNowhere() {
        return !everywhere
                && !ownWithoutOrganization
                && organizations.isEmpty()
                && ownIn.isEmpty()
                && members.isEmpty();
    }

    static final class Builder {
        private final boolean own;
        private final Set<UUID> organizations = new HashSet<>();
        private final Set<UUID> ownIn = new HashSet<>();

        Builder(boolean own) {
            this.own = own;
        }

        void organization(UUID id, boolean all, boolean mine) {
            if (all) {
                organizations.add(id);
            } else if (mine) {
                ownIn.add(id);
            }
        }

        Reach build(Set<UUID> members) {
            return new Reach(false, own, Set.copyOf(organizations), Set.copyOf(ownIn), Set.copyOf(members));
        }
    }
}
