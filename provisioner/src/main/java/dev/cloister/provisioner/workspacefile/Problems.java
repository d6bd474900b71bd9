package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplateProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with one file, so that its author reads everything at once. */
final class Problems {
    private static final int MAXIMUM = 50;

    private final String file;
    private final List<TemplateProblem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Place place, FieldPath field, String message) {
        if (found.size() < MAXIMUM) {
            found.add(new TemplateProblem(file, place.line(), place.column(), field.text(), message));
        }
    }

    void throwIfAny() throws TemplateException {
        if (!found.isEmpty()) {
            throw new TemplateException(sorted());
        }
    }

    TemplateException single(Place place, FieldPath field, String message) {
        return new TemplateException(new TemplateProblem(file, place.line(), place.column(), field.text(), message));
    }

    private List<TemplateProblem> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(TemplateProblem::line).thenComparingInt(TemplateProblem::column))
                .distinct()
                .toList();
    }
}
