package dev.cloister.contract.api;

import java.util.List;

/** A parameter with the answer that would be taken and what is to be said of it. */
public record PreviewParameter(
        String name,
        String displayName,
        String description,
        String type,
        String formType,
        PreviewParameterStyling styling,
        boolean mutable,
        NullHCLString defaultValue,
        String icon,
        List<PreviewParameterOption> options,
        List<PreviewParameterValidation> validations,
        boolean required,
        int order,
        boolean ephemeral,
        NullHCLString value,
        List<FriendlyDiagnostic> diagnostics) {}
