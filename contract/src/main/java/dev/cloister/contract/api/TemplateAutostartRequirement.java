package dev.cloister.contract.api;

import java.util.List;

/** On which days workspaces may start by schedule. */
public record TemplateAutostartRequirement(List<String> daysOfWeek) {}
