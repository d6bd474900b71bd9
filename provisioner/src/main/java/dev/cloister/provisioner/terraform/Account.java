package dev.cloister.provisioner.terraform;

import dev.cloister.provisioner.BuildException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * As whom Terraform runs. A template can run any program of the server's host, so that this account must not be able to
 * read what the server keeps.
 *
 * @param prefix what a command is started by; empty where it is the server's own account
 * @param owner of the run's files, as {@code chown} understands it; empty where they stay the server's
 */
record Account(List<String> prefix, String owner) {
    private static final List<String> DROPPED =
            List.of("--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--");

    /**
     * The account for a workspace, or for looking at a template.
     *
     * @throws BuildException where the operator has not said who may run it
     */
    static Account of(TerraformSettings settings, UUID whose) throws BuildException {
        String self = System.getProperty("user.name");
        if (self.equals("root")) {
            return settings.account()
                    .filter(name -> !name.equals("root"))
                    .map(Account::named)
                    .orElseGet(() -> settings.account().isPresent()
                            ? new Account(List.of(), "")
                            : numbered(settings.firstUid() + Math.floorMod(whose.hashCode(), TerraformSettings.UIDS)));
        }
        if (settings.account().equals(Optional.of(self))) {
            return new Account(List.of(), "");
        }
        throw new BuildException("Terraform templates are switched off on this server: it runs as " + self
                + " and not as root, so that their authors could read all that it keeps. Its operator can allow that by"
                + " the setting terraform-account=" + self + ".");
    }

    private static Account named(String name) {
        return new Account(command(List.of("--reuid=" + name, "--regid=" + name, "--init-groups")), name + ":");
    }

    private static Account numbered(int uid) {
        return new Account(command(List.of("--reuid=" + uid, "--regid=" + uid, "--clear-groups")), uid + ":" + uid);
    }

    private static List<String> command(List<String> identity) {
        var command = new ArrayList<String>();
        command.add("setpriv");
        command.addAll(identity);
        command.addAll(DROPPED);
        return List.copyOf(command);
    }

    void own(Path path) throws IOException, InterruptedException {
        if (owner.isEmpty()) {
            return;
        }
        var process = new ProcessBuilder("chown", "-RP", owner, "--", path.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("the files of a run cannot be given to " + owner);
        }
    }
}
