package dev.cloister.server.workspace;

import dev.cloister.provisioner.TerraformInput;
import dev.cloister.provisioner.terraform.StateSalvage;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.template.TemplateUse;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Terraform remembers of each workspace, encrypted before it is stored. Whoever may change a template may see and
 * replace the state of its builds, since the author of a template can read it in a build in any case.
 */
public final class BuildStates implements StateSalvage {
    /** What a state may measure. */
    static final int LARGEST = 64 << 20;

    private static final Caller.Job JOB = new Caller.Job("workspace state", Set.of(), Origin.internal());
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Logger LOG = LoggerFactory.getLogger(BuildStates.class);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateUse templates;
    private final WorkspaceBuildRepository builds;
    private final StateRepository states = new StateRepository();
    private final SecretCipher cipher;
    private final Clock clock;

    BuildStates(
            Transactions transactions,
            Authorizer authorizer,
            TemplateUse templates,
            WorkspaceBuildRepository builds,
            SecretCipher cipher,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.builds = builds;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** The states of the workspace that a job works on. */
    TerraformInput.States of(LeasedJob job, WorkspaceBuildId build) {
        return new TerraformInput.States() {
            @Override
            public byte[] last() {
                return transactions
                        .read(tx -> states.last(tx, job))
                        .map(BuildStates.this::open)
                        .orElse(new byte[0]);
            }

            @Override
            public void keep(byte[] state) {
                byte[] sealed = cipher.encrypt(StateRepository.STATE.at(build.value()), state);
                patiently(tx -> states.keep(tx, job, sealed, clock.instant()));
            }
        };
    }

    private byte[] open(StateRepository.Stored stored) {
        return cipher.decrypt(StateRepository.STATE.at(stored.build()), stored.state());
    }

    @Override
    public void salvage(UUID build, byte[] state) {
        byte[] sealed = cipher.encrypt(StateRepository.STATE.at(build), state);
        patiently(tx -> {
            if (states.salvage(tx, build, sealed, clock.instant())) {
                LOG.warn("the state of build {}, whose server was killed, was found and is kept", build);
            }
        });
    }

    @FunctionalInterface
    private interface Write {
        void to(WriteTx tx);
    }

    /** What exists and is not written down is lost to everybody, so that this waits for a database that is away. */
    private void patiently(Write write) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                transactions.change(JOB, tx -> {
                    write.to(tx);
                    return Changed.unaudited(true, Unaudited.BUILD_REPORT);
                });
                return;
            } catch (Failure.Unavailable e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
        }
    }

    /**
     * What a build has left; empty where it has left nothing.
     *
     * @throws Failure.Forbidden for who may not change the template
     */
    byte[] state(Caller caller, WorkspaceBuildId id) {
        return transactions
                .read(tx -> {
                    var permit = authorizer.require(tx, caller, Action.READ, id);
                    requireAuthor(tx, caller, builds.get(tx, permit));
                    return states.of(tx, permit);
                })
                .map(this::open)
                .orElse(new byte[0]);
    }

    /** Puts a state in the place of what a build has left: the next build of the workspace goes on from it. */
    void replace(Caller caller, WorkspaceBuildId id, byte[] state) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            WorkspaceBuild build = builds.get(tx, permit);
            requireAuthor(tx, caller, build);
            if (state.length == 0 || state.length > LARGEST) {
                throw new Failure.Invalid("Validation failed.", "state", "Must have 1 byte to 64 MiB.");
            }
            states.replace(tx, permit, cipher.encrypt(StateRepository.STATE.at(id.value()), state), clock.instant());
            return Changed.to(
                    build,
                    AuditEvent.done(AuditAction.WRITE, build)
                            .with("change", "state")
                            .with("bytes", Integer.toString(state.length)));
        });
    }

    private void requireAuthor(ReadTx tx, Caller caller, WorkspaceBuild build) {
        var template = templates.kept(tx, build.templateVersionId()).template();
        if (!templates.mayChange(tx, caller, template)) {
            throw new Failure.Forbidden("Only who may change the template sees the state of builds.");
        }
    }
}
