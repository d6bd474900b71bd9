package dev.cloister.contract.api;

import java.util.List;

/** The parameters of a version as they look with some answers given. */
public record DynamicParametersResponse(
        long id, List<FriendlyDiagnostic> diagnostics, List<PreviewParameter> parameters) {}
