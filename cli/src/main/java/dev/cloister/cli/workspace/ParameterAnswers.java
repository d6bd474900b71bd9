package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.cli.terminal.Terminal;
import dev.cloister.contract.api.TemplateVersionParameter;
import dev.cloister.contract.api.TemplateVersionParameterOption;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers to the questions of a template: given as options, kept from before, asked for, or left to the default. */
final class ParameterAnswers {
    private final Terminal terminal;
    private final ParameterOptions options;
    private final Set<String> answeredBefore;

    ParameterAnswers(Terminal terminal, ParameterOptions options, Set<String> answeredBefore) {
        this.terminal = terminal;
        this.options = options;
        this.answeredBefore = answeredBefore;
    }

    List<WorkspaceBuildParameter> to(List<TemplateVersionParameter> questions) throws CommandException {
        requireKnown(options.given(), questions);
        requireKnown(options.defaults(), questions);
        var answers = new ArrayList<WorkspaceBuildParameter>();
        for (var question : questions) {
            var name = question.name();
            var given = options.given().get(name);
            var preset = options.defaults().getOrDefault(name, question.defaultValue());
            var optional = !question.required() || options.defaults().containsKey(name);
            if (given != null) {
                answers.add(new WorkspaceBuildParameter(name, given));
            } else if (answeredBefore.contains(name)) {
                continue; // the server keeps the value
            } else if (terminal.interactive() && !(optional && options.acceptDefaults())) {
                answers.add(new WorkspaceBuildParameter(name, ask(question, optional, preset)));
            } else if (options.defaults().containsKey(name)) {
                answers.add(new WorkspaceBuildParameter(name, preset));
            } else if (!optional) {
                throw CommandException.usage("The template asks for \"" + name + "\" (" + title(question)
                        + "). Add --parameter " + name + "=VALUE.");
            }
        }
        return answers;
    }

    private static void requireKnown(Map<String, String> given, List<TemplateVersionParameter> questions)
            throws CommandException {
        var known = questions.stream().map(TemplateVersionParameter::name).toList();
        for (var name : given.keySet()) {
            if (!known.contains(name)) {
                throw CommandException.usage("The template has no parameter \"" + name + "\". "
                        + (known.isEmpty() ? "It has none at all." : "It has: " + String.join(", ", known) + "."));
            }
        }
    }

    private String ask(TemplateVersionParameter question, boolean optional, String preset) throws CommandException {
        if (!question.descriptionPlaintext().isBlank()) {
            terminal.say(question.descriptionPlaintext());
        }
        var values = question.options().stream()
                .map(TemplateVersionParameterOption::value)
                .toList();
        var choice = values.isEmpty() ? "" : " (" + String.join(", ", values) + ")";
        var otherwise = optional ? " [" + preset + "]" : "";
        try {
            while (true) {
                var answer = terminal.ask(title(question) + choice + otherwise);
                if (answer.isEmpty() && optional) {
                    return preset;
                }
                if (!answer.isEmpty() && (values.isEmpty() || values.contains(answer))) {
                    return answer;
                }
                terminal.say(
                        values.isEmpty()
                                ? "An answer is needed."
                                : "Answer with one of: " + values.stream().collect(Collectors.joining(", ")));
            }
        } catch (NobodyToAskException gone) {
            throw CommandException.usage(
                    "The questions were not answered. Give --parameter " + question.name() + "=VALUE.");
        }
    }

    private static String title(TemplateVersionParameter question) {
        return question.displayName().isBlank() ? question.name() : question.displayName();
    }
}
