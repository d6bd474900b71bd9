package dev.cloister.contract.api;

import java.util.List;

/** How many people used workspaces, day by day, in a zone so many hours from UTC. */
public record DAUsResponse(List<DAUEntry> entries, int tzHourOffset) {}
