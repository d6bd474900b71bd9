package dev.cloister.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The golden policy matrix: what every role may do to what, in one committed text. A change of the policy is a change
 * of that file, seen in review. After an intended change: {@code make policy-matrix}.
 */
class PolicyMatrixTest {
    private static final Path GOLDEN = Path.of("src/test/resources/policy-matrix.txt");
    private static final UUID ME = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final UUID MY_ORGANIZATION = new UUID(2, 1);
    private static final UUID FOREIGN_ORGANIZATION = new UUID(2, 2);

    @Test
    void thePolicyIsTheCommittedOne() throws IOException {
        String matrix = matrix();
        if ("1".equals(System.getenv("POLICY_MATRIX_WRITE"))) {
            Files.writeString(GOLDEN, matrix);
        }
        assertThat(matrix).isEqualTo(Files.readString(GOLDEN));
    }

    private static String matrix() {
        var text = new StringBuilder("""
                # role × resource: which actions, on which objects.
                # own: site-wide and mine; mine: in my organization and mine; org: in my organization, another's;
                # site: site-wide, another's; foreign: in an organization that I do not belong to.
                """);
        for (Role role : Role.values()) {
            text.append("\n[").append(role.wireName()).append("]\n");
            for (ResourceType type : ResourceType.values()) {
                text.append(line(role, type));
            }
        }
        return text.toString();
    }

    private static String line(Role role, ResourceType type) {
        Subject subject = subject(role);
        var byPlace = new EnumMap<Place, String>(Place.class);
        for (Place place : Place.values()) {
            String actions = Stream.of(Action.values())
                    .filter(type.actions()::contains)
                    .filter(action -> subject.may(action, place.facts(type)))
                    .map(Action::wireName)
                    .collect(Collectors.joining(","));
            if (!actions.isEmpty()) {
                byPlace.put(place, actions);
            }
        }
        if (byPlace.isEmpty()) {
            return "";
        }
        return byPlace.entrySet().stream()
                .map(entry -> type.wireName() + " " + entry.getKey().name().toLowerCase(Locale.ROOT) + ": "
                        + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    static Subject subject(Role role) {
        return role.level() == Role.Level.SITE
                ? new Subject(Assignments.of(ME, "me", GivenRoles.of(role), Map.of()), Scope.ALL)
                : inOrganization(role);
    }

    private static Subject inOrganization(Role... roles) {
        boolean machine = Set.of(roles).contains(Role.ORGANIZATION_SERVICE_ACCOUNT);
        return new Subject(
                new Assignments(
                        ME,
                        "me",
                        machine,
                        GivenRoles.NONE,
                        Map.of(MY_ORGANIZATION, Assignments.InOrganization.of(roles)),
                        Set.of(),
                        DeploymentRules.STANDARD),
                Scope.ALL);
    }

    private enum Place {
        OWN {
            @Override
            ResourceFacts facts(ResourceType type) {
                return ResourceFacts.of(type, null, null, ME);
            }
        },
        MINE {
            @Override
            ResourceFacts facts(ResourceType type) {
                return ResourceFacts.of(type, null, MY_ORGANIZATION, ME);
            }
        },
        ORG {
            @Override
            ResourceFacts facts(ResourceType type) {
                return ResourceFacts.of(type, null, MY_ORGANIZATION, OTHER);
            }
        },
        SITE {
            @Override
            ResourceFacts facts(ResourceType type) {
                return ResourceFacts.of(type, null, null, OTHER);
            }
        },
        FOREIGN {
            @Override
            ResourceFacts facts(ResourceType type) {
                return ResourceFacts.of(type, null, FOREIGN_ORGANIZATION, OTHER);
            }
        };

        abstract ResourceFacts facts(ResourceType type);
    }

    @Test
    void aMemberCannotCreateWorkspacesWithoutTheRole() {
        var facts = ResourceFacts.of(ResourceType.WORKSPACE, null, MY_ORGANIZATION, ME);

        assertThat(subject(Role.ORGANIZATION_MEMBER_ROLE).may(Action.CREATE, facts))
                .isFalse();
        assertThat(subject(Role.ORGANIZATION_WORKSPACE_ACCESS).may(Action.CREATE, facts))
                .isTrue();
    }

    @Test
    void aDenialInTheOrganizationSilencesTheGrantOfMembership() {
        var both = inOrganization(Role.ORGANIZATION_WORKSPACE_ACCESS, Role.ORGANIZATION_WORKSPACE_CREATION_BAN);
        var facts = ResourceFacts.of(ResourceType.WORKSPACE, null, MY_ORGANIZATION, ME);

        assertThat(both.may(Action.CREATE, facts)).isFalse();
        assertThat(both.may(Action.READ, facts)).isTrue();
    }

    @Test
    void aTokenCanOnlyTakeAway() {
        var narrow = subject(Role.OWNER)
                .narrowed(Scope.parse(List.of("workspace:read")).orElseThrow());
        var workspace = ResourceFacts.of(ResourceType.WORKSPACE, null, MY_ORGANIZATION, OTHER);

        assertThat(narrow.may(Action.READ, workspace)).isTrue();
        assertThat(narrow.may(Action.DELETE, workspace)).isFalse();
        assertThat(narrow.may(Action.READ, ResourceFacts.of(ResourceType.USER, null, null, OTHER)))
                .isFalse();
    }
}
