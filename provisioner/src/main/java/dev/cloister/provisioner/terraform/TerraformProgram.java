package dev.cloister.provisioner.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operator's terraform or tofu.
 *
 * @param version such as {@code 1.11.4}
 */
record TerraformProgram(Path binary, String version) {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin";
    private static final int LEAST_MAJOR = 1;
    private static final int LEAST_MINOR = 1;
    private static final int MINOR_OF_GRAPH_TYPE = 7;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");
    private static final int LONGEST_ANSWER = 64 * 1024;

    /** There is none that can be used; the message is for whoever asked for a build. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }

    /** Whether {@code graph} has to be told that it is wanted as a plan would walk it. */
    boolean graphHasTypes() {
        var match = VERSION.matcher(version);
        return match.matches()
                && (Integer.parseInt(match.group(1)) > LEAST_MAJOR
                        || Integer.parseInt(match.group(2)) >= MINOR_OF_GRAPH_TYPE);
    }

    static TerraformProgram find(Optional<Path> setting) throws MissingException, InterruptedException {
        Path binary = setting.or(TerraformProgram::onPath)
                .orElseThrow(
                        () -> new MissingException("This template is for Terraform, and neither terraform nor tofu is"
                                + " installed on the server. Ask its operator to install one, or to name it by the setting"
                                + " terraform-program."));
        if (!Files.isExecutable(binary)) {
            throw new MissingException("The setting terraform-program names " + binary + ", which cannot be executed.");
        }
        String version = version(binary);
        var match = VERSION.matcher(version);
        if (!match.matches()) {
            throw new MissingException(binary + " does not tell which version of Terraform it is.");
        }
        int major = Integer.parseInt(match.group(1));
        if (major < LEAST_MAJOR || (major == LEAST_MAJOR && Integer.parseInt(match.group(2)) < LEAST_MINOR)) {
            throw new MissingException(binary + " is of version " + version + "; 1.1.0 or a later one is needed.");
        }
        return new TerraformProgram(binary, version);
    }

    private static Optional<Path> onPath() {
        return Stream.of("terraform", "tofu")
                .flatMap(name -> Stream.of(PATH.split(":")).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String version(Path binary) throws InterruptedException {
        var builder = new ProcessBuilder(binary.toString(), "version", "-json").redirectErrorStream(false);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment().put("HOME", "/nonexistent");
        Process process = null;
        try {
            process = builder.start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readNBytes(LONGEST_ANSWER), UTF_8);
            process.waitFor(10, TimeUnit.SECONDS);
            return JsonMapper.shared()
                    .readTree(answer)
                    .path("terraform_version")
                    .asString("");
        } catch (IOException | JacksonException e) {
            return "";
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
