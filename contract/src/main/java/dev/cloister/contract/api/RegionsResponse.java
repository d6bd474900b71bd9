package dev.cloister.contract.api;

import java.util.List;

/** The places where applications and terminals are served. */
public record RegionsResponse(List<Region> regions) {}
