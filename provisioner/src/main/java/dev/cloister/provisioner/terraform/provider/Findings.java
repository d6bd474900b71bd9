package dev.cloister.provisioner.terraform.provider;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a part of a template, or worth a warning; Terraform shows where. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    /** @param path to the argument, names and places in lists; empty for the block as a whole */
    record Finding(boolean error, String summary, String detail, List<Object> path) {
        Finding {
            path = List.copyOf(path);
        }
    }

    void error(List<Object> path, String summary) {
        found.add(new Finding(true, summary, "", path));
    }

    void error(String summary) {
        error(List.of(), summary);
    }

    void error(String summary, String detail) {
        found.add(new Finding(true, summary, detail, List.of()));
    }

    void warning(List<Object> path, String summary, String detail) {
        found.add(new Finding(false, summary, detail, path));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Finding::error);
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
