package dev.cloister.provisioner.terraform.provider;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of Terraform's language. Lists, sets and tuples are all {@link Many}; maps and objects are {@link Fields}. */
sealed interface Value {
    /** No value. */
    record Null() implements Value {}

    /** A value that Terraform does not know yet. */
    record Unknown() implements Value {}

    record Text(String text) implements Value {}

    record Flag(boolean on) implements Value {}

    /** A number; those that are equal have one form. */
    record Number(BigDecimal number) implements Value {
        public Number {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
    }

    record Many(List<Value> values) implements Value {
        public Many {
            values = List.copyOf(values);
        }
    }

    record Fields(Map<String, Value> values) implements Value {
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        Value get(String name) {
            return values.getOrDefault(name, NULL);
        }

        Fields with(String name, Value value) {
            var copy = new LinkedHashMap<>(values);
            copy.put(name, value);
            return new Fields(copy);
        }

        /** The text there, or nothing where it is absent or not yet known. */
        Optional<String> text(String name) {
            return get(name) instanceof Text(var text) ? Optional.of(text) : Optional.empty();
        }

        /** The text there; empty where there is none. */
        String textOrEmpty(String name) {
            return text(name).orElse("");
        }

        Optional<BigDecimal> number(String name) {
            return get(name) instanceof Number(var number) ? Optional.of(number) : Optional.empty();
        }

        boolean flag(String name) {
            return get(name) instanceof Flag(var on) && on;
        }

        /** The blocks of that name; none where they are not yet known. */
        List<Fields> blocks(String name) {
            var found = new ArrayList<Fields>();
            if (get(name) instanceof Many(var values)) {
                for (Value value : values) {
                    if (value instanceof Fields fields) {
                        found.add(fields);
                    }
                }
            }
            return found;
        }
    }

    Null NULL = new Null();
    Unknown UNKNOWN = new Unknown();

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(boolean on) {
        return new Flag(on);
    }

    static Value of(long number) {
        return new Number(BigDecimal.valueOf(number));
    }

    /** Whether it and all within it is known. */
    default boolean isKnown() {
        return switch (this) {
            case Unknown unknown -> false;
            case Many many -> many.values().stream().allMatch(Value::isKnown);
            case Fields fields -> fields.values().values().stream().allMatch(Value::isKnown);
            case Null none -> true;
            case Text text -> true;
            case Flag flag -> true;
            case Number number -> true;
        };
    }

    /** Whether it says no more than that nothing was given: null, or the empty value of its type. */
    default boolean isEmpty() {
        return switch (this) {
            case Null none -> true;
            case Text(var text) -> text.isEmpty();
            case Flag(var on) -> !on;
            case Number(var number) -> number.signum() == 0;
            case Many(var values) -> values.isEmpty();
            case Fields(var values) -> values.isEmpty();
            case Unknown unknown -> false;
        };
    }
}
