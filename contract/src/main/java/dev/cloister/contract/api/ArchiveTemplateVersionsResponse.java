package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/** Which versions of a template were archived. */
public record ArchiveTemplateVersionsResponse(String message, UUID templateId, List<UUID> archivedIds) {}
