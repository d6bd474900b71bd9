package dev.cloister.server.template;

import dev.cloister.contract.api.VariableValue;
import dev.cloister.server.platform.Failure;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of variables in a request. Whether the template has such variables is told by the import. */
final class GivenVariables {
    private static final int MAX_COUNT = 100;
    private static final int MAX_NAME = 64;
    private static final int MAX_VALUE = 8192;

    private GivenVariables() {}

    static void require(List<VariableValue> values) {
        if (values.size() > MAX_COUNT) {
            throw invalid("Must have at most " + MAX_COUNT + " entries.");
        }
        var names = new HashSet<String>();
        for (VariableValue value : values) {
            if (value.name().isEmpty()
                    || value.name().length() > MAX_NAME
                    || value.name().indexOf('\0') >= 0) {
                throw invalid("Must have names of 1 to " + MAX_NAME + " characters.");
            }
            if (value.value().length() > MAX_VALUE || value.value().indexOf('\0') >= 0) {
                throw invalid("Must have values of at most " + MAX_VALUE + " characters.");
            }
            if (!names.add(value.name())) {
                throw invalid("Gives \"" + value.name() + "\" twice.");
            }
        }
    }

    private static Failure invalid(String problem) {
        return new Failure.Invalid("Validation failed.", "user_variable_values", problem);
    }

    /** What is given, over what held before. */
    static Map<String, String> over(Map<String, String> before, List<VariableValue> values) {
        var all = new LinkedHashMap<>(before);
        values.forEach(value -> all.put(value.name(), value.value()));
        return all;
    }
}
