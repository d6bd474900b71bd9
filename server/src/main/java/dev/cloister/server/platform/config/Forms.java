package dev.cloister.server.platform.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads texts as values. What cannot be read becomes a problem that says what would be right, and a harmless value, so
 * that all problems are found in one go.
 */
final class Forms {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(KiB|MiB|GiB|TiB)?");
    private static final Pattern PROCESSORS = Pattern.compile("\\d{1,5}(\\.\\d{1,3})?");
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private final RawSettings raw;
    private final Set<String> problems = new LinkedHashSet<>();

    Forms(RawSettings raw) {
        this.raw = raw;
        problems.addAll(raw.problems());
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    String text(String name) {
        return raw.text(name);
    }

    boolean isGiven(String name) {
        return raw.isGiven(name) && !raw.text(name).isEmpty();
    }

    private void mustBe(String name, String form) {
        problem("%s must be %s, not \"%s\" (%s).".formatted(name, form, shortened(raw.text(name)), raw.source(name)));
    }

    private static String shortened(String text) {
        var printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > 100 ? printable.substring(0, 100) + "..." : printable;
    }

    boolean flag(String name) {
        return switch (raw.text(name).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0", "" -> false;
            default -> {
                mustBe(name, "true or false");
                yield false;
            }
        };
    }

    int number(String name, int least, int most) {
        try {
            var value = Integer.parseInt(raw.text(name));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        mustBe(name, "a whole number from " + least + " to " + most);
        return least;
    }

    String oneOf(String name, List<String> choices) {
        var value = raw.text(name).toLowerCase(Locale.ROOT);
        if (choices.contains(value)) {
            return value;
        }
        mustBe(name, String.join(", ", choices.subList(0, choices.size() - 1)) + " or " + choices.getLast());
        return choices.getFirst();
    }

    Duration duration(String name) {
        var matcher = DURATION.matcher(raw.text(name));
        if (matcher.matches() && matcher.end() > 0) {
            var value = Duration.ofDays(part(matcher, 1))
                    .plusHours(part(matcher, 2))
                    .plusMinutes(part(matcher, 3))
                    .plusSeconds(part(matcher, 4));
            if (value.isPositive()) {
                return value;
            }
        }
        mustBe(name, "a duration such as 30s, 15m, 8h or 7d");
        return Duration.ofSeconds(1);
    }

    private static long part(Matcher matcher, int group) {
        var digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** Bytes; powers of 1024 only, since "MB" means different things to different people. */
    long size(String name) {
        var matcher = SIZE.matcher(raw.text(name));
        if (matcher.matches()) {
            var unit = matcher.group(2);
            var shift = unit == null
                    ? 0
                    : 10 * (1 + List.of("KiB", "MiB", "GiB", "TiB").indexOf(unit));
            var value = Long.parseLong(matcher.group(1));
            if (value > 0 && value <= (Long.MAX_VALUE >> 8) >> shift) {
                return value << shift;
            }
        }
        mustBe(name, "a size such as 512MiB, 4GiB or 1TiB");
        return 1;
    }

    /** Thousandths of a processor. */
    int processors(String name) {
        if (PROCESSORS.matcher(raw.text(name)).matches()) {
            var millis = Math.round(Double.parseDouble(raw.text(name)) * 1000);
            if (millis > 0 && millis <= 1_024_000) {
                return (int) millis;
            }
        }
        mustBe(name, "a number of processors such as 2 or 0.5");
        return 1;
    }

    /** Whether an address is not to be listened on; one that makes no sense is not off. */
    boolean isOff(String name) {
        return raw.text(name).isEmpty() || raw.text(name).equals("off");
    }

    /** Where to listen; no name but localhost, since what a name means can change while the server runs. */
    Optional<InetSocketAddress> address(String name) {
        var text = raw.text(name);
        if (isOff(name)) {
            return Optional.empty();
        }
        var colon = text.lastIndexOf(':');
        var port = text.substring(colon + 1);
        if (colon >= 0 && port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65535) {
            var host = host(text.substring(0, colon));
            if (host.isPresent()) {
                return Optional.of(new InetSocketAddress(host.get(), Integer.parseInt(port)));
            }
        }
        mustBe(name, "ADDRESS:PORT with an IP address, such as 127.0.0.1:3000 or [::]:3000");
        return Optional.empty();
    }

    private static Optional<InetAddress> host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return literal(text.substring(1, text.length() - 1));
        }
        if (text.contains(":")) {
            return Optional.empty();
        }
        return literal(
                switch (text) {
                    case "" -> "0.0.0.0";
                    case "localhost" -> "127.0.0.1";
                    default -> text;
                });
    }

    /** An IP address as written; never asks a name server. */
    static Optional<InetAddress> literal(String text) {
        try {
            return text.matches("[0-9A-Fa-f:.]{2,45}") ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<Path> path(String name) {
        var text = raw.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(text).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            mustBe(name, "a path");
            return Optional.empty();
        }
    }

    /** The path of a file that can be read. */
    Optional<Path> file(String name) {
        var path = path(name);
        path.ifPresent(file -> {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                problem(name + ": " + file + " does not exist or cannot be read.");
            }
        });
        return path;
    }

    /** The first line of a small file. */
    String fileContent(String name, Path file) {
        try {
            if (Files.size(file) <= 4096) {
                return Files.readString(file).lines().findFirst().orElse("");
            }
            problem(name + ": " + file + " is too large for what it should hold.");
        } catch (IOException e) {
            problem(name + ": " + file + " cannot be read.");
        }
        return "";
    }

    List<String> list(String name) {
        return Arrays.stream(raw.text(name).split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    List<String> addresses(String name) {
        var addresses = new ArrayList<String>();
        for (var item : list(name)) {
            literal(item)
                    .ifPresentOrElse(
                            address -> addresses.add(address.getHostAddress()),
                            () -> problem(name + " must hold IP addresses, not \"" + shortened(item) + "\"."));
        }
        return addresses;
    }

    List<String> networks(String name) {
        var networks = list(name);
        for (var item : networks) {
            var slash = item.indexOf('/');
            var address = literal(slash < 0 ? item : item.substring(0, slash));
            var bits = slash < 0 ? "0" : item.substring(slash + 1);
            if (address.isEmpty()
                    || !bits.matches("\\d{1,3}")
                    || Integer.parseInt(bits) > address.get().getAddress().length * 8) {
                problem(name + " must hold networks such as 10.1.0.0/16, not \"" + shortened(item) + "\".");
            }
        }
        return networks;
    }

    /** Whether a host in a URL is this machine, by the address as written: a name that begins with 127 can be anybody's. */
    static boolean isThisMachine(String host) {
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return host.equals("localhost")
                || literal(bare).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    static boolean isHostName(String text) {
        return HOST.matcher(text).matches();
    }
}
