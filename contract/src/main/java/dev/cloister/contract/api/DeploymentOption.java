package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** One setting with its value and where that came from; a secret has no value here. */
public record DeploymentOption(
        String name,
        String description,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String flag,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String env,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String yaml,

        @JsonProperty("default") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String otherwise,

        String value,
        String valueSource,
        boolean hidden,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> annotations) {}
