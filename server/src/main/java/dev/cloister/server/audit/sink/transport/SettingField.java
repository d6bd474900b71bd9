package dev.cloister.server.audit.sink.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.server.platform.config.OutgoingAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A setting of a transport.
 *
 * @param secret whether it is encrypted and never shown
 * @param address whether it says where the copies go: with another one, no stored secret is used
 * @param rule what to tell of a value that is not good, as the end of a sentence
 */
public record SettingField(
        String name, boolean required, boolean secret, boolean address, Predicate<String> good, String rule) {
    private static final int LONGEST_TEXT = 1024;
    private static final int LONGEST_PEM = 32 << 10;

    static SettingField text(String name) {
        return new SettingField(
                name, false, false, false, SettingField::isPrintable, "must be printable and at most 1024 characters.");
    }

    static SettingField secret(String name) {
        return new SettingField(
                name, false, true, false, SettingField::isPrintable, "must be printable and at most 1024 characters.");
    }

    static SettingField address(String name) {
        return new SettingField(
                name,
                false,
                false,
                true,
                value -> value.length() <= LONGEST_TEXT
                        && OutgoingAddress.parse(value)
                                .filter(url -> url.getRawQuery() == null)
                                .isPresent(),
                OutgoingAddress.RULE + " It has no query.");
    }

    static SettingField secretAddress(String name) {
        return new SettingField(
                name,
                true,
                true,
                true,
                value -> value.length() <= LONGEST_TEXT
                        && OutgoingAddress.parse(value).isPresent(),
                OutgoingAddress.RULE);
    }

    static SettingField host(String name) {
        return new SettingField(
                name,
                true,
                false,
                true,
                OutgoingAddress::isHost,
                "must be a host name in lower case or an IP address.");
    }

    /** A part of an address, of a form. */
    static SettingField place(String name, String form) {
        return new SettingField(name, false, false, true, value -> value.matches(form), "must be like " + form + ".");
    }

    static SettingField number(String name, int least, int most) {
        return new SettingField(
                name,
                false,
                false,
                false,
                value -> value.matches("\\d{1,9}")
                        && Integer.parseInt(value) >= least
                        && Integer.parseInt(value) <= most,
                "must be a number from " + least + " to " + most + ".");
    }

    static SettingField flag(String name) {
        return oneOf(name, List.of("true", "false"));
    }

    static SettingField oneOf(String name, List<String> values) {
        return new SettingField(
                name, false, false, false, values::contains, "must be one of " + String.join(", ", values) + ".");
    }

    static SettingField certificates() {
        return new SettingField(
                "ca_certificates",
                false,
                false,
                false,
                SettingField::isPem,
                "must be certificates of authorities in PEM, at most 32 KiB.");
    }

    SettingField needed() {
        return new SettingField(name, true, secret, address, good, rule);
    }

    /** What is wrong with a value, empty for nothing. */
    public Optional<String> problem(String value) {
        return good.test(value) ? Optional.empty() : Optional.of(name + " " + rule);
    }

    private static boolean isPrintable(String value) {
        return value.length() <= LONGEST_TEXT && value.chars().allMatch(one -> one >= ' ' && one <= '~');
    }

    private static boolean isPem(String value) {
        if (value.getBytes(UTF_8).length > LONGEST_PEM) {
            return false;
        }
        try {
            return Trust.context(Optional.of(value)) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
