package dev.cloister.contract.api;

import java.util.List;

/** A page of the members of an organization with the size of the whole. */
public record PaginatedMembersResponse(List<OrganizationMemberWithUserData> members, int count) {}
