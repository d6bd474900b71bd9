package dev.cloister.contract.api;

/** Another document in the place of a skill's: Markdown with a YAML header that names it. */
public record UpdateUserSkillRequest(String content) {}
