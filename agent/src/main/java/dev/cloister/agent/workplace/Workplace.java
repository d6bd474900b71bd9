package dev.cloister.agent.workplace;

import dev.cloister.agent.process.SpawnOrder;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.UuidBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what the user wants to run into processes with the workspace's environment. The agent's own never leaks. */
public final class Workplace {
    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);
    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /** Last, so that a command line that the workspace has of its own comes first. */
    private static final String OWN_TOOLS = System.getProperty("java.home") + "/tools";

    private static final String LOOPBACK = "localhost,127.0.0.1,::1";

    private final UserAccount account;
    private final int proxyPort;
    private volatile Map<String, String> offers = Map.of();
    private volatile Manifest manifest = Manifest.getDefaultInstance();

    /** @param proxyPort loopback port of the forwarding proxy, 0 if there is none */
    public Workplace(UserAccount account, int proxyPort) {
        this.account = account;
        this.proxyPort = proxyPort;
    }

    public UserAccount account() {
        return account;
    }

    /** Variables for what runs from now on; the template and the user may set others in their place. */
    public void offer(Map<String, String> variables) {
        offers = Map.copyOf(variables);
    }

    /** Takes names, environment, directory and secrets from the server's description of the workspace. */
    public void adopt(Manifest description) {
        manifest = description;
        makeDirectory();
        new SecretFiles(account.home()).write(description.getSecretsList());
    }

    /** The user's shell as after a login. */
    public SpawnOrder loginShell(Map<String, String> more) {
        return order(List.of("-" + account.shell().getFileName()), more);
    }

    /** {@code command} as the user's shell understands it. */
    public SpawnOrder command(String command, Map<String, String> more) {
        return order(List.of(String.valueOf(account.shell().getFileName()), "-c", command), more);
    }

    /** Where processes start: the template's directory, or home. */
    public Path directory() {
        var wanted = manifest.getDirectory();
        if (wanted.isEmpty() || wanted.equals("~")) {
            return account.home();
        }
        var relative = wanted.startsWith("~/") ? wanted.substring(2) : wanted;
        return account.home().resolve(relative).normalize();
    }

    private SpawnOrder order(List<String> arguments, Map<String, String> more) {
        var directory = directory();
        var start = Files.isDirectory(directory) ? directory : account.home();
        return new SpawnOrder(account.shell(), arguments, environment(more), start);
    }

    /**
     * Later entries win: defaults, what the agent offers, the user's choice of locale and such, the template's variables, the user's
     * secrets, the account.
     */
    Map<String, String> environment(Map<String, String> more) {
        var environment = new TreeMap<String, String>();
        environment.put("LANG", "C.UTF-8");
        environment.put("PATH", Files.isDirectory(Path.of(OWN_TOOLS)) ? SEARCH_PATH + ":" + OWN_TOOLS : SEARCH_PATH);
        environment.putAll(proxyVariables());
        environment.putAll(offers);
        environment.putAll(more);
        manifest.getEnvironmentVariablesMap().forEach((name, value) -> {
            if (isName(name) && value.indexOf('\0') < 0) {
                environment.put(name, value);
            }
        });
        manifest.getSecretsList().forEach(secret -> {
            var value = secret.getValue().toStringUtf8();
            if (isName(secret.getEnvName()) && value.indexOf('\0') < 0) {
                environment.put(secret.getEnvName(), value);
            }
        });
        environment.put("HOME", account.home().toString());
        environment.put("USER", account.name());
        environment.put("LOGNAME", account.name());
        environment.put("SHELL", account.shell().toString());
        environment.putAll(workspaceVariables());
        return environment;
    }

    private Map<String, String> proxyVariables() {
        if (proxyPort == 0) {
            return Map.of();
        }
        var address = "http://127.0.0.1:" + proxyPort;
        return Map.of(
                "http_proxy", address,
                "https_proxy", address,
                "HTTP_PROXY", address,
                "HTTPS_PROXY", address,
                "no_proxy", LOOPBACK,
                "NO_PROXY", LOOPBACK,
                "CLOISTER_EGRESS_PORT", String.valueOf(proxyPort));
    }

    private Map<String, String> workspaceVariables() {
        var facts = manifest;
        var variables = new TreeMap<String, String>();
        variables.put("CODER", "true");
        for (var prefix : List.of("CODER_", "CLOISTER_")) {
            variables.put(prefix + "WORKSPACE_NAME", facts.getWorkspaceName());
            variables.put(prefix + "WORKSPACE_AGENT_NAME", facts.getAgentName());
            variables.put(prefix + "WORKSPACE_OWNER_NAME", facts.getOwnerUsername());
            if (facts.getWorkspaceId().size() == 16) {
                variables.put(
                        prefix + "WORKSPACE_ID",
                        UuidBytes.read(facts.getWorkspaceId()).toString());
            }
        }
        return variables;
    }

    /** Whether {@code name} can be a variable's: letters, digits and underscores, a digit not first. */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.length() > 256 || Character.isDigit(name.charAt(0))) {
            return false;
        }
        return name.chars()
                .allMatch(c -> c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9');
    }

    private void makeDirectory() {
        var directory = directory();
        if (!directory.startsWith(account.home()) || Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            LOG.warn("the working directory {} cannot be made: {}", directory, e.toString());
        }
    }
}
