package dev.cloister.cli.template;

import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.Preset;
import java.time.Instant;
import java.util.stream.Collectors;

/** What a list of presets can show. */
enum PresetColumn implements Column<Preset> {
    NAME,
    DESCRIPTION,
    PARAMETERS,
    DEFAULT,
    DESIRED_PREBUILD_INSTANCES;

    @Override
    public String cell(Preset preset, Instant now) {
        return switch (this) {
            case NAME -> preset.name();
            case DESCRIPTION -> preset.description();
            case PARAMETERS ->
                preset.parameters().stream()
                        .map(answer -> answer.name() + "=" + answer.value())
                        .collect(Collectors.joining(","));
            case DEFAULT -> Boolean.toString(preset.isDefault());
            case DESIRED_PREBUILD_INSTANCES ->
                preset.desiredPrebuildInstances() == null
                        ? "-"
                        : preset.desiredPrebuildInstances().toString();
        };
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
