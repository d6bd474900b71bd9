package dev.cloister.contract.api;

import java.util.Map;
import java.util.UUID;

/** What people and groups are to be able to do with a template; those who are not named keep what they have. */
public record UpdateTemplateACL(Map<UUID, TemplateRole> userPerms, Map<UUID, TemplateRole> groupPerms) {}
