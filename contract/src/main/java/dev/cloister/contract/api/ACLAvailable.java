package dev.cloister.contract.api;

import java.util.List;

/** People and groups to whom something can be given. */
public record ACLAvailable(List<ReducedUser> users, List<Group> groups) {}
