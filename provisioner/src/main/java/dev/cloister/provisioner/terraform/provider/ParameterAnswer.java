package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.Value.Fields;
import dev.cloister.provisioner.terraform.provider.Value.Many;
import dev.cloister.provisioner.terraform.provider.Value.Null;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A {@code coder_parameter}: the value that was chosen, or its default, once all rules of its template hold. */
final class ParameterAnswer {
    private final BuildFacts facts;
    private final Fields config;
    private final Findings findings;
    private final String name;
    private final String type;

    ParameterAnswer(BuildFacts facts, Fields config, Findings findings) {
        this.facts = facts;
        this.config = config;
        this.findings = findings;
        this.name = config.textOrEmpty("name");
        this.type = config.text("type").orElse("string");
    }

    Fields answer() {
        Optional<String> given =
                Optional.ofNullable(facts.parameters().get(name)).or(() -> config.text("default"));
        String value = given.orElse("");
        checkDeclaration();
        String form = form();
        checkOptions(form, value);
        // A template that is looked at before anybody has answered has no values to check.
        if (!config.blocks("validation").isEmpty() && (given.isPresent() || facts.building())) {
            new ParameterRules(type, config.blocks("validation").getFirst(), findings)
                    .check(value, Optional.ofNullable(facts.before().get(name)));
        }
        if (!value.isEmpty() || given.isPresent()) {
            ParameterTypes.problem(type, value)
                    .ifPresent(problem -> error("the value of the parameter \"" + name + "\" " + problem));
        }
        var answer = new LinkedHashMap<>(config.values());
        answer.put("id", Value.of(UUID.randomUUID().toString()));
        answer.put("value", Value.of(value));
        answer.put("type", Value.of(type));
        answer.put("form_type", Value.of(form));
        answer.put("styling", Value.of(config.text("styling").orElse("{}")));
        answer.put("mutable", Value.of(config.flag("mutable")));
        answer.put("ephemeral", Value.of(config.flag("ephemeral")));
        answer.put("optional", Value.of(!(config.get("default") instanceof Null)));
        answer.put(
                "validation",
                new Many(config.blocks("validation").stream()
                        .map(ParameterAnswer::limits)
                        .toList()));
        return new Fields(answer);
    }

    private static Value limits(Fields validation) {
        return validation
                .with("min_disabled", Value.of(validation.get("min") instanceof Null))
                .with("max_disabled", Value.of(validation.get("max") instanceof Null));
    }

    private void error(String sentence) {
        findings.error(sentence);
    }

    private void checkDeclaration() {
        if (!config.flag("ephemeral")) {
            return;
        }
        if (!config.flag("mutable")) {
            error("the ephemeral parameter \"" + name + "\" must be mutable");
        }
        if (config.get("default") instanceof Null) {
            error("the ephemeral parameter \"" + name + "\" must have a default");
        }
    }

    private String form() {
        String wanted = config.textOrEmpty("form_type");
        List<String> suitable =
                ParameterTypes.forms(type, !config.blocks("option").isEmpty());
        if (wanted.isEmpty() || wanted.equals("error")) {
            return wanted.isEmpty() ? suitable.getFirst() : wanted;
        }
        if (!suitable.contains(wanted)) {
            error("the parameter \"" + name + "\" cannot have the form_type \"" + wanted + "\"; " + type
                    + (config.blocks("option").isEmpty() ? " without" : " with") + " options can have "
                    + String.join(", ", suitable));
        }
        return wanted;
    }

    private void checkOptions(String form, String value) {
        List<Fields> options = config.blocks("option");
        if (options.isEmpty()) {
            return;
        }
        Set<String> names = new HashSet<>();
        Set<String> values = new HashSet<>();
        for (Fields option : options) {
            String optionValue = option.textOrEmpty("value");
            if (!names.add(option.textOrEmpty("name"))) {
                error("two options of \"" + name + "\" have the name \"" + option.textOrEmpty("name") + "\"");
            }
            if (!values.add(optionValue)) {
                error("two options of \"" + name + "\" have the value \"" + optionValue + "\"");
            }
            if (!form.equals("multi-select")) {
                ParameterTypes.problem(type, optionValue)
                        .ifPresent(
                                problem -> error("the option \"" + optionValue + "\" of \"" + name + "\" " + problem));
            }
        }
        if (value.isEmpty()
                && config.get("default") instanceof Null
                && !facts.parameters().containsKey(name)) {
            return;
        }
        List<String> chosen =
                form.equals("multi-select") ? ParameterTypes.list(value).orElseGet(ArrayList::new) : List.of(value);
        chosen.stream()
                .filter(each -> !values.contains(each))
                .findFirst()
                .ifPresent(each -> error("the value \"" + each + "\" of \"" + name + "\" is none of its options"));
    }
}
