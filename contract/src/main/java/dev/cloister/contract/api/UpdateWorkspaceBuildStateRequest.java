package dev.cloister.contract.api;

import java.util.List;

/** A new state of what a build made, for engines that keep one: bytes. */
public record UpdateWorkspaceBuildStateRequest(List<Integer> state) {}
