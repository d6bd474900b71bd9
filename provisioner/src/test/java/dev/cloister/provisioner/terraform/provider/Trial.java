package dev.cloister.provisioner.terraform.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Secret;
import dev.cloister.provisioner.terraform.RealTerraform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A template in a directory, the provider, and the real Terraform between them, without any network of its own. */
final class Trial implements AutoCloseable {
    static final UUID WORKSPACE = UUID.fromString("0d7e4a3c-7c1f-4b8e-9d53-6a1a7f6a5b10");
    static final UUID OWNER = UUID.fromString("7b0a6d0a-4f42-4a1c-8d6d-0a4b9a1d7d11");

    private final Path directory;
    private ProviderEndpoint endpoint;

    /** What came of a command. */
    record Result(int code, String output) {}

    Trial(Path directory, String template) throws IOException {
        this.directory = directory;
        Files.writeString(
                directory.resolve("main.tf"),
                "terraform {\n  required_providers {\n    coder = { source = \"coder/coder\" }\n  }\n}\n" + template);
        endpoint = ProviderEndpoint.open(directory, facts("start", Map.of()), token -> {});
    }

    static BuildFacts facts(String transition, Map<String, String> parameters) {
        return new BuildFacts(
                URI.create("https://cloister.example.com:8443"),
                transition,
                true,
                new BuildFacts.Workspace(WORKSPACE, "red-panda"),
                new BuildFacts.Owner(
                        OWNER,
                        "maria",
                        "Maria Weber",
                        "maria@example.com",
                        List.of("developers"),
                        List.of(new BuildFacts.Role("member", "")),
                        "oidc",
                        "ssh-ed25519 AAAA",
                        Secret.of(""),
                        Secret.of(""),
                        Secret.of("")),
                new BuildFacts.Template("4b3c6d2e-0000-4000-8000-000000000001", "docker", "v7"),
                parameters,
                Map.of(),
                Map.of("github", Secret.of("gho_example")),
                Map.of("TOKEN", Secret.of("s3cret")),
                Map.of(),
                Map.of("linux_amd64", "url=${ACCESS_URL} auth=${AUTH_TYPE}"));
    }

    void now(BuildFacts facts) throws IOException {
        endpoint.close();
        endpoint = ProviderEndpoint.open(directory, facts, token -> {});
    }

    void template(String template) throws IOException {
        Files.writeString(
                directory.resolve("main.tf"),
                "terraform {\n  required_providers {\n    coder = { source = \"coder/coder\" }\n  }\n}\n" + template);
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-n"));
        }
        command.addAll(List.of(
                "sh",
                "-c",
                "TF_REATTACH_PROVIDERS=$(echo \"$A\" | sed \"s/@PID@/$$/g\") exec \"$@\"",
                "sh",
                RealTerraform.program().orElseThrow().toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().put("A", endpoint.reattachment("@PID@"));
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment().put("HOME", directory.toString());
        var process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output);
    }

    Result plan() throws IOException, InterruptedException {
        return run("plan", "-no-color", "-input=false", "-detailed-exitcode");
    }

    Result apply() throws IOException, InterruptedException {
        return run("apply", "-no-color", "-input=false", "-auto-approve");
    }

    /** All resources of the state by address. */
    JsonNode values(String address) throws IOException, InterruptedException {
        var shown = JsonMapper.shared().readTree(run("show", "-json").output());
        for (JsonNode resource : shown.path("values").path("root_module").path("resources")) {
            if (resource.path("address").asString().equals(address)) {
                return resource.path("values");
            }
        }
        throw new AssertionError(address + " is not in " + shown);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
