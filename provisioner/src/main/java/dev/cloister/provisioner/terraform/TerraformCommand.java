package dev.cloister.provisioner.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.terraform.provider.ProviderEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs terraform in a run's directory, with nothing of the server's environment, within the run's bounds. */
final class TerraformCommand {
    /** Of a log; what is printed beyond is counted. */
    private static final long LOG_BYTES = 10L * 1024 * 1024;

    /** Of a plan or a state as JSON, which must be whole to be of use. */
    private static final int SHOWN_BYTES = 64 * 1024 * 1024;

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration PIPE = Duration.ofSeconds(2);
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Writes its own process id, which Terraform then has, into the file and into what the provider is found by. */
    private static final String SCRIPT =
            "echo $$ >\"$1\" || exit 1; TF_REATTACH_PROVIDERS=\"$2$$$3$$$4\"; export TF_REATTACH_PROVIDERS; shift 4;"
                    + " exec \"$@\"";

    private static final String MARK = "@@PID@@";

    private final Path program;
    private final RunDirectory directory;
    private final Account account;
    private final ProviderEndpoint provider;
    private final Map<String, String> environment;
    private final Bounds bounds;

    TerraformCommand(
            Path program,
            RunDirectory directory,
            Account account,
            ProviderEndpoint provider,
            Map<String, String> environment,
            Bounds bounds) {
        this.program = program;
        this.directory = directory;
        this.account = account;
        this.provider = provider;
        this.environment = Map.copyOf(environment);
        this.bounds = bounds;
    }

    /**
     * Runs it, handing each line of its output and of its errors on.
     *
     * @return its exit status
     * @throws BuildException where it was ended, with the reason
     */
    int run(List<String> arguments, Consumer<String> line) throws BuildException, InterruptedException {
        var lines = new Lines(LOG_BYTES);
        int status = run(arguments, true, in -> lines.read(in, line));
        if (lines.dropped() > 0) {
            line.accept("Terraform printed " + lines.dropped() + " bytes more, which are not kept.");
        }
        return status;
    }

    /** What it prints as a whole. */
    byte[] capture(List<String> arguments) throws BuildException, InterruptedException {
        var output = new ByteArrayOutputStream();
        int status = run(arguments, false, in -> output.write(in.readNBytes(SHOWN_BYTES + 1)));
        if (status != 0 || output.size() > SHOWN_BYTES) {
            throw new BuildException(
                    status == 0
                            ? "The state of the workspace is too large to be read."
                            : "terraform " + arguments.getFirst() + " failed with the status " + status + ".");
        }
        return output.toByteArray();
    }

    @FunctionalInterface
    private interface Reading {
        void read(InputStream from) throws IOException;
    }

    private int run(List<String> arguments, boolean withErrors, Reading reading)
            throws BuildException, InterruptedException {
        bounds.check();
        Process process = start(arguments, withErrors);
        var reader = Thread.ofVirtual().start(() -> {
            try (var in = process.getInputStream()) {
                reading.read(in);
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The process was ended; what was read will do.
                return;
            }
        });
        try {
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                bounds.check();
            }
            bounds.checkDisk();
        } catch (BuildException e) {
            end(process);
            throw e;
        } finally {
            kill(process);
        }
        // What a template has started in the background may hold the pipe open; Terraform's own part has arrived.
        reader.join(PIPE);
        return process.exitValue();
    }

    private Process start(List<String> arguments, boolean withErrors) throws BuildException {
        var command = new ArrayList<>(account.prefix());
        String[] reattachment = provider.reattachment(MARK).split(MARK, -1);
        command.addAll(List.of("sh", "-c", SCRIPT, "sh", directory.processFile().toString()));
        command.addAll(List.of(reattachment));
        command.add(program.toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(directory.work().toFile());
        if (withErrors) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        var variables = builder.environment();
        variables.clear();
        variables.put("PATH", PATH);
        variables.put("LANG", "C.UTF-8");
        variables.put("HOME", directory.home().toString());
        variables.put("TMPDIR", directory.temporary().toString());
        variables.put("CHECKPOINT_DISABLE", "1");
        variables.put("TF_IN_AUTOMATION", "1");
        variables.putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new BuildException("Terraform could not be started.", e);
        }
    }

    /** Asks first: an interrupted Terraform writes down what it has made, and ends. */
    private void end(Process process) throws InterruptedException {
        signal(process, "INT");
        if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            // Twice means at once, but still with the state written.
            signal(process, "INT");
            process.waitFor(PIPE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void signal(Process process, String name) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        }
    }

    /** Whatever is still below it, and it. */
    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** A plan, a state or a graph as text. */
    String captureText(List<String> arguments) throws BuildException, InterruptedException {
        return new String(capture(arguments), UTF_8);
    }
}
