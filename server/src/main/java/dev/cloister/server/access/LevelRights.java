package dev.cloister.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * What a membership gives in its organization: on everything there, on one's own things there. Made once for each
 * combination of roles and settings, because a person may belong to a hundred organizations with the same roles.
 */
record LevelRights(Grants all, Grants mine) {
    private static final Cache<Key, LevelRights> MADE =
            Caffeine.newBuilder().maximumSize(2_000).build();

    private record Key(Assignments.InOrganization given, boolean serviceAccount) {}

    static LevelRights of(Assignments.InOrganization given, boolean serviceAccount) {
        return MADE.get(new Key(given, serviceAccount), LevelRights::make);
    }

    private static LevelRights make(Key key) {
        var rights = new LevelRights(new Grants(), new Grants());
        Sharing sharing = key.given().sharing();
        rights.add(key.serviceAccount() ? Role.ORGANIZATION_SERVICE_ACCOUNT : Role.ORGANIZATION_MEMBER_ROLE, sharing);
        for (Role role : key.given().roles().builtIn()) {
            if (role.level() == Role.Level.ORGANIZATION && !role.isImplicit()) {
                rights.add(role, sharing);
            }
        }
        for (CustomRole role : key.given().roles().custom()) {
            rights.all.add(role.all());
            rights.mine.add(role.mine());
        }
        return rights;
    }

    private void add(Role role, Sharing sharing) {
        role.organization(all, sharing);
        role.membership(mine, sharing);
    }
}
