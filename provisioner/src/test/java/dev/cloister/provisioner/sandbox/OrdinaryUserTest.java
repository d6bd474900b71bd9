package dev.cloister.provisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The same claims, with the engine run by an ordinary user: everything but the limits that only root can set. */
class OrdinaryUserTest {
    private static final int USER = 12345;
    private static final Duration LIMIT = Duration.ofMinutes(8);

    @TempDir
    Path directory;

    @TestFactory
    @EnabledIf("dev.cloister.provisioner.sandbox.Lab#isRoot")
    List<DynamicTest> claimsHoldForAnOrdinaryUserToo() throws Exception {
        var command = new ArrayList<>(HostProbe.dropTo(USER));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + ownDirectory(),
                "-cp",
                readableClassPath(),
                ForkedTests.class.getName()));
        Stream.of(
                        IsolationTest.class,
                        SystemCallTest.class,
                        LimitsTest.class,
                        LifecycleTest.class,
                        HomeSizeTest.class,
                        WayOutTest.class,
                        ImageTest.class)
                .map(Class::getName)
                .forEach(command::add);
        var result = Commands.run(LIMIT, command);
        var tests = result.output()
                .lines()
                .filter(line -> line.startsWith("PASSED ") || line.startsWith("FAILED "))
                .map(OrdinaryUserTest::verdict)
                .toList();
        assertThat(tests).as(result.output()).hasSizeGreaterThan(25);
        return tests;
    }

    /** A line is "PASSED claim" or "FAILED claim reason", where the reason's line ends are written out. */
    private static DynamicTest verdict(String line) {
        var words = line.split(" ", 3);
        return DynamicTest.dynamicTest(words[1], () -> {
            if (words[0].equals("FAILED")) {
                throw new AssertionError(words[1] + " does not hold for an ordinary user: "
                        + words[2].replace("\\n", "\n").strip());
            }
        });
    }

    private String ownDirectory() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var own = Files.createDirectory(directory.resolve("t"));
        assertThat(Commands.run(LIMIT, "chown", USER + ":" + USER, own.toString())
                        .succeeded())
                .isTrue();
        return own.toString();
    }

    /** The libraries usually lie in a home that this user cannot enter. */
    private String readableClassPath() throws Exception {
        var copies = new ArrayList<Path>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.exists(Path.of(entry))) {
                var copy = directory.resolve("cp" + copies.size() + (entry.endsWith(".jar") ? ".jar" : ""));
                Commands.run(LIMIT, "cp", "-r", entry, copy.toString());
                copies.add(copy);
            }
        }
        Commands.run(LIMIT, "chmod", "-R", "a+rX", directory.toString());
        return copies.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
