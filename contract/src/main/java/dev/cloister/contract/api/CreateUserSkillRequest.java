package dev.cloister.contract.api;

/** A new skill: Markdown with a YAML header that names it. */
public record CreateUserSkillRequest(String content) {}
