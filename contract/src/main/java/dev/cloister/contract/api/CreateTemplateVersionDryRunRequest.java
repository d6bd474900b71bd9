package dev.cloister.contract.api;

import java.util.List;

/** What a dry run of a version is to assume. */
public record CreateTemplateVersionDryRunRequest(
        String workspaceName,
        List<WorkspaceBuildParameter> richParameterValues,
        List<VariableValue> userVariableValues) {}
