package dev.cloister.contract.api;

import java.util.List;

/** A page of users, with the number of all that match. */
public record GetUsersResponse(List<User> users, int count) {}
