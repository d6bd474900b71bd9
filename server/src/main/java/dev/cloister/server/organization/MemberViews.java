package dev.cloister.server.organization;

import dev.cloister.contract.api.OrganizationMember;
import dev.cloister.contract.api.OrganizationMemberWithUserData;
import dev.cloister.contract.api.SlimRole;
import dev.cloister.server.access.Role;
import java.util.List;

/** Members as the API shows them. */
final class MemberViews {
    private MemberViews() {}

    static OrganizationMember wire(Membership membership) {
        return new OrganizationMember(
                membership.userId(),
                membership.organization().value(),
                membership.createdAt(),
                membership.updatedAt(),
                roles(membership));
    }

    static OrganizationMemberWithUserData wire(Member member) {
        Membership membership = member.membership();
        return new OrganizationMemberWithUserData(
                membership.username(),
                member.name(),
                member.avatarUrl(),
                member.email(),
                roles(member.siteRoles(), ""),
                member.status(),
                member.loginType(),
                member.serviceAccount(),
                member.lastSeenAt(),
                member.createdAt(),
                member.updatedAt(),
                false,
                membership.userId(),
                membership.organization().value(),
                membership.createdAt(),
                membership.updatedAt(),
                roles(membership));
    }

    private static List<SlimRole> roles(Membership membership) {
        return roles(membership.roles(), membership.organization().value().toString());
    }

    private static List<SlimRole> roles(List<String> names, String organization) {
        return names.stream()
                .map(name -> new SlimRole(
                        name, Role.parse(name).map(Role::displayName).orElse(""), organization))
                .toList();
    }
}
