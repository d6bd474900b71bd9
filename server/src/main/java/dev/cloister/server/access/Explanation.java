package dev.cloister.server.access;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Why a person has the rights that they have: each level with what gives and what denies. */
public final class Explanation {
    private final Assignments given;
    private final Subject subject;
    private final List<Right> rights = new ArrayList<>();

    /** The levels in the order in which they vote. */
    public enum Level {
        SITE,
        USER,
        ORGANIZATION,
        ORGANIZATION_MEMBER
    }

    /**
     * A role that has a say at a level.
     *
     * @param organization where it was given, null for the site
     * @param implicit whether everybody there has it
     */
    public record Source(
            String name,
            boolean builtIn,
            boolean implicit,
            @Nullable UUID organization,
            Set<Action> allows,
            Set<Action> denies) {}

    /** What a level gives on things of a type: allowed is what no denial takes away again. */
    public record Right(
            Level level, @Nullable UUID organization, ResourceType type, Set<Action> allowed, List<Source> sources) {}

    /** A role with its grants at one level. */
    private record Voice(
            String name,
            boolean builtIn,
            boolean implicit,
            @Nullable UUID organization,
            Grants grants) {}

    private Explanation(Assignments given) {
        this.given = given;
        this.subject = new Subject(given, Scope.ALL);
    }

    /** All levels and types at which anything gives or denies, for a session without limits. */
    public static List<Right> of(Assignments given) {
        var explanation = new Explanation(given);
        explanation.explain();
        return List.copyOf(explanation.rights);
    }

    private void explain() {
        List<Voice> site = siteVoices();
        add(Level.SITE, null, site, List.of());
        add(Level.USER, null, userVoices(), site);
        for (Map.Entry<UUID, Assignments.InOrganization> entry :
                given.organizations().entrySet()) {
            UUID id = entry.getKey();
            List<Voice> all = organizationVoices(id, entry.getValue(), true);
            add(Level.ORGANIZATION, id, all, site);
            var broader = new ArrayList<>(site);
            broader.addAll(all);
            add(Level.ORGANIZATION_MEMBER, id, organizationVoices(id, entry.getValue(), false), broader);
        }
    }

    private List<Voice> siteVoices() {
        var voices = new ArrayList<Voice>();
        voices.add(siteVoice(Role.MEMBER, null));
        given.site().builtIn().forEach(role -> voices.add(siteVoice(role, null)));
        given.organizations()
                .forEach((id, inIt) -> inIt.roles().builtIn().forEach(role -> voices.add(siteVoice(role, id))));
        for (CustomRole role : given.site().custom()) {
            voices.add(new Voice(role.name(), false, false, null, new Grants().add(role.site())));
        }
        return voices;
    }

    private Voice siteVoice(Role role, @Nullable UUID organization) {
        var grants = new Grants();
        role.site(grants, given.rules());
        return new Voice(role.wireName(), true, role.isImplicit(), organization, grants);
    }

    private List<Voice> userVoices() {
        var voices = new ArrayList<Voice>();
        var grants = new Grants();
        Role.MEMBER.own(grants);
        voices.add(new Voice(Role.MEMBER.wireName(), true, true, null, grants));
        for (CustomRole role : given.site().custom()) {
            voices.add(new Voice(role.name(), false, false, null, new Grants().add(role.user())));
        }
        return voices;
    }

    private List<Voice> organizationVoices(UUID id, Assignments.InOrganization inIt, boolean all) {
        var voices = new ArrayList<Voice>();
        Role implicit = given.serviceAccount() ? Role.ORGANIZATION_SERVICE_ACCOUNT : Role.ORGANIZATION_MEMBER_ROLE;
        voices.add(voice(implicit, id, inIt.sharing(), all));
        inIt.roles().builtIn().stream()
                .filter(role -> !role.isImplicit())
                .forEach(role -> voices.add(voice(role, id, inIt.sharing(), all)));
        for (CustomRole role : inIt.roles().custom()) {
            voices.add(new Voice(role.name(), false, false, id, new Grants().add(all ? role.all() : role.mine())));
        }
        return voices;
    }

    private static Voice voice(Role role, UUID id, Sharing sharing, boolean all) {
        var grants = new Grants();
        if (all) {
            role.organization(grants, sharing);
        } else {
            role.membership(grants, sharing);
        }
        return new Voice(role.wireName(), true, role.isImplicit(), id, grants);
    }

    /** @param broader the voices of the levels that vote before; their denials silence this one */
    private void add(Level level, @Nullable UUID organization, List<Voice> voices, List<Voice> broader) {
        boolean mine = level == Level.USER || level == Level.ORGANIZATION_MEMBER;
        for (ResourceType type : ResourceType.values()) {
            var sources = new ArrayList<Source>();
            long allows = 0;
            for (Voice voice : voices) {
                long gives = voice.grants().allowed(type);
                long takes = voice.grants().denied(type);
                allows |= gives;
                addSource(sources, voice, gives, takes);
            }
            for (Voice voice : broader) {
                addSource(sources, voice, 0, voice.grants().denied(type) & allows);
            }
            if (!sources.isEmpty()) {
                var allowed = actions(allows);
                allowed.removeIf(action -> !subject.byRole(action, type, organization, mine));
                rights.add(new Right(level, organization, type, allowed, sources));
            }
        }
    }

    private static void addSource(List<Source> sources, Voice voice, long gives, long takes) {
        if ((gives | takes) != 0) {
            sources.add(new Source(
                    voice.name(),
                    voice.builtIn(),
                    voice.implicit(),
                    voice.organization(),
                    actions(gives),
                    actions(takes)));
        }
    }

    private static Set<Action> actions(long bits) {
        var actions = EnumSet.noneOf(Action.class);
        for (Action action : Action.values()) {
            if ((bits & action.bit()) != 0) {
                actions.add(action);
            }
        }
        return actions;
    }
}
