package dev.cloister.agent.git;

import dev.cloister.agent.control.Uplink;
import dev.cloister.contract.agent.TokenQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets Git in the workspace act for its owner, and says how in the environment of everything that runs there. */
public final class GitSupport {
    private static final Logger LOG = LoggerFactory.getLogger(GitSupport.class);

    /** Names the socket of the SSH agent that signs by the owner's key. */
    static final String SIGNER = "CLOISTER_GIT_SIGNER";

    private GitSupport() {}

    /**
     * Listens until the process ends.
     *
     * @param tools the directory of the programs that Git is to call
     * @return the variables; empty where the tools are missing or nothing can be listened on, and Git works as anywhere
     */
    public static Map<String, String> start(Uplink uplink, Path tools) {
        var ssh = tools.resolve("git/ssh");
        var askpass = tools.resolve("git/askpass");
        if (!Files.isExecutable(ssh) || !Files.isExecutable(askpass)) {
            return Map.of();
        }
        try {
            var server = new GitServer(uplink);
            // Made with mode 0700.
            var directory = Files.createTempDirectory(place(), "cloister-git-");
            var signer = directory.resolve("signer");
            var tokens = directory.resolve("tokens");
            LocalSocket.listen(signer, new SigningAgent(server)::serve);
            LocalSocket.listen(tokens, new TokenDesk(server)::serve);
            return Map.of(
                    "GIT_SSH_COMMAND",
                    ssh.toString(),
                    "GIT_ASKPASS",
                    askpass.toString(),
                    SIGNER,
                    signer.toString(),
                    TokenQuestion.SOCKET,
                    tokens.toString());
        } catch (IOException e) {
            LOG.warn("Git works without the owner's key and tokens: {}", e.toString());
            return Map.of();
        }
    }

    /** Where the session's sockets belong, if there is such a place; nobody cleans it up while it is in use. */
    private static Path place() {
        var runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && Path.of(runtime).isAbsolute() && Files.isWritable(Path.of(runtime))) {
            return Path.of(runtime);
        }
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    }
}
