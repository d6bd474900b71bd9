package dev.cloister.contract.api;

import java.util.List;

/** The complete new set of roles, by name. */
public record UpdateRoles(List<String> roles) {}
