package dev.cloister.contract.api;

/** Which versions of a template to archive: those whose import failed, or all that nothing uses. */
public record ArchiveTemplateVersionsRequest(boolean all) {}
