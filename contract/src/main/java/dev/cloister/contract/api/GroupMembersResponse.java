package dev.cloister.contract.api;

import java.util.List;

/** A page of the members of a group with the size of the whole. */
public record GroupMembersResponse(List<ReducedUser> users, int count) {}
