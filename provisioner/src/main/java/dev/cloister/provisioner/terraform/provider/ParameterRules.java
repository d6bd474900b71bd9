package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.Value.Fields;
import dev.cloister.provisioner.terraform.provider.Value.Null;
import dev.cloister.provisioner.workspacefile.BoundedPattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A {@code validation} block against a value. */
final class ParameterRules {
    private final String type;
    private final Fields rules;
    private final Findings findings;

    ParameterRules(String type, Fields rules, Findings findings) {
        this.type = type;
        this.rules = rules;
        this.findings = findings;
    }

    void check(String value, Optional<String> before) {
        checkDeclaration();
        if (findings.hasErrors()) {
            return;
        }
        switch (type) {
            case "number" -> checkNumber(value, before);
            case "bool" -> {
                if (!value.equals("true") && !value.equals("false")) {
                    said(value, "the value must be true or false");
                }
            }
            case "list(string)" -> {
                if (ParameterTypes.list(value).isEmpty()) {
                    said(value, "the value must be a JSON list of texts");
                }
            }
            default -> checkText(value);
        }
    }

    private void checkDeclaration() {
        if (!type.equals("number")) {
            for (String limit : List.of("min", "max", "monotonic")) {
                if (given(limit)) {
                    error("\"" + limit + "\" is for numbers, and the parameter is of the type " + type);
                }
            }
        }
        if (given("regex") && !type.equals("string")) {
            error("\"regex\" is for texts, and the parameter is of the type " + type);
        }
        if (given("regex") && rules.textOrEmpty("error").isEmpty()) {
            error("\"error\" must say what is wrong with a value that does not match \"regex\"");
        }
        String monotonic = rules.textOrEmpty("monotonic");
        if (!monotonic.isEmpty() && !monotonic.equals("increasing") && !monotonic.equals("decreasing")) {
            error("\"monotonic\" must be increasing or decreasing");
        }
    }

    private boolean given(String rule) {
        return !(rules.get(rule) instanceof Null) && !rules.get(rule).equals(Value.of(""));
    }

    private void checkText(String value) {
        String regex = rules.textOrEmpty("regex");
        if (regex.isEmpty()) {
            return;
        }
        try {
            if (!BoundedPattern.find(Pattern.compile(regex), value)) {
                said(value, "the value does not match " + regex);
            }
        } catch (PatternSyntaxException e) {
            error("\"regex\" cannot be read: " + e.getDescription());
        } catch (BoundedPattern.TooMuchWork e) {
            error("\"regex\" takes too long for this value");
        }
    }

    private void checkNumber(String value, Optional<String> before) {
        BigInteger number;
        try {
            number = new BigInteger(value);
        } catch (NumberFormatException e) {
            said(value, "the value must be a whole number, which \"" + value + "\" is not");
            return;
        }
        var exact = new BigDecimal(number);
        if (rules.number("min").filter(least -> exact.compareTo(least) < 0).isPresent()
                || rules.number("max").filter(most -> exact.compareTo(most) > 0).isPresent()) {
            said(value, "the value " + value + " is outside of the limits" + limits());
        }
        before.ifPresent(earlier -> checkWay(value, number, earlier));
    }

    private String limits() {
        return rules.number("min")
                        .map(least -> ", at least " + least.toPlainString())
                        .orElse("")
                + rules.number("max")
                        .map(most -> ", at most " + most.toPlainString())
                        .orElse("");
    }

    private void checkWay(String value, BigInteger number, String earlier) {
        try {
            int way = number.compareTo(new BigInteger(earlier));
            String monotonic = rules.textOrEmpty("monotonic");
            if ((monotonic.equals("increasing") && way < 0) || (monotonic.equals("decreasing") && way > 0)) {
                said(value, "the value was " + earlier + " before and may only be " + monotonic);
            }
        } catch (NumberFormatException e) {
            // What was no number before sets no direction.
            return;
        }
    }

    /** The author's own sentence knows better. */
    private void said(String value, String sentence) {
        String own = rules.textOrEmpty("error");
        findings.error(
                List.of("validation", 0L),
                own.isEmpty()
                        ? sentence
                        : own.replace("{min}", limit("min"))
                                .replace("{max}", limit("max"))
                                .replace("{value}", value));
    }

    private String limit(String name) {
        return rules.number(name).map(BigDecimal::toPlainString).orElse("");
    }

    private void error(String sentence) {
        findings.error(List.of("validation", 0L), sentence);
    }
}
