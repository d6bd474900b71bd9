package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new version from an uploaded file or from a built-in example. */
public record CreateTemplateVersionRequest(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateId,
        @Nullable ProvisionerStorageMethod storageMethod,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID fileId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String exampleId,
        String provisioner,
        Map<String, String> tags,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<VariableValue> userVariableValues) {
    /** Takes the all-zero identifier, which existing clients send for "none", as none. */
    public CreateTemplateVersionRequest {
        templateId = ZeroValues.absentIfZero(templateId);
        fileId = ZeroValues.absentIfZero(fileId);
    }
}
