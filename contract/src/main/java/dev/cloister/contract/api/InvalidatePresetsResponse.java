package dev.cloister.contract.api;

import java.util.List;

/** The presets whose prepared workspaces were invalidated. */
public record InvalidatePresetsResponse(List<InvalidatedPreset> invalidated) {}
