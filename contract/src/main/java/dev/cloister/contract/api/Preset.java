package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers to a version's parameters that its author has put together under a name. */
public record Preset(
        UUID id,
        String name,
        List<PresetParameter> parameters,
        @JsonProperty("default") boolean isDefault,
        @JsonProperty("desiredPrebuildInstances") @Nullable Integer desiredPrebuildInstances,
        String description,
        String icon) {}
