package dev.cloister.provisioner;

import java.util.List;
import java.util.stream.Collectors;

/** A template that cannot be used, with everything that is wrong with it. */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<TemplateProblem> problems;

    public TemplateException(List<TemplateProblem> problems) {
        super(problems.stream().map(TemplateProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public TemplateException(TemplateProblem problem) {
        this(List.of(problem));
    }

    /** At least one, in the order of the file. */
    public List<TemplateProblem> problems() {
        return problems;
    }
}
