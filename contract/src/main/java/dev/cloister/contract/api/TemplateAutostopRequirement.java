package dev.cloister.contract.api;

import java.util.List;

/** On which days, every how many weeks, workspaces must stop once. */
public record TemplateAutostopRequirement(List<String> daysOfWeek, long weeks) {}
