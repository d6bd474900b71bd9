package dev.cloister.agent.tool;

import dev.cloister.contract.agent.RepositoryAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Git asks: {@code Username for 'https://host':} or {@code Password for 'https://user@host/path':}. The address in
 * it comes from whoever wrote the repository's URL, which may be an attacker's submodule: it must be an address and
 * nothing else, on one line.
 */
record Prompt(boolean password, RepositoryAddress address) {
    private static final int LONGEST = 4096;
    private static final Pattern FORM = Pattern.compile("(Username|Password) for '([\\x21-\\x7e&&[^']]+)': ?");

    static Optional<Prompt> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var found = FORM.matcher(text);
        return found.matches()
                ? RepositoryAddress.parse(found.group(2))
                        .map(address -> new Prompt(found.group(1).equals("Password"), address))
                : Optional.empty();
    }
}
