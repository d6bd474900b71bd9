package dev.cloister.server.audit.log;

import dev.cloister.contract.api.AuditLogStatus;
import dev.cloister.contract.api.AuditWitness;
import dev.cloister.contract.api.HealthSeverity;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says in plain words whether the log can be proven just now. */
final class LogStatus {
    /** An event waits for its place no longer than about a second; after this something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A witness looks every few seconds; after this it is gone. */
    private static final Duration WITNESS_PATIENCE = Duration.ofHours(1);

    private final Transactions transactions;
    private final LogRepository repository;
    private final Sequencer sequencer;
    private final NoteKey key;
    private final List<NoteKey> witnesses;
    private final Clock clock;

    LogStatus(
            Transactions transactions,
            LogRepository repository,
            Sequencer sequencer,
            NoteKey key,
            List<NoteKey> witnesses,
            Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.sequencer = sequencer;
        this.key = key;
        this.witnesses = List.copyOf(witnesses);
        this.clock = clock;
    }

    AuditLogStatus now() {
        return transactions.read(this::now);
    }

    private AuditLogStatus now(ReadTx tx) {
        Instant now = clock.instant();
        var head = repository.newestHead(tx);
        var waiting = repository.waiting(tx);
        var seen = witnesses.stream().map(witness -> witness(tx, witness)).toList();
        long entries = head.map(LogRepository.Head::size).orElse(0L);
        Instant signedAt = head.map(LogRepository.Head::createdAt).orElse(null);
        var finding = finding(waiting, entries, seen, now);
        return new AuditLogStatus(
                finding.severity(),
                finding.sentence(),
                sequencer.problem(),
                waiting.count(),
                entries,
                signedAt,
                signedAt == null
                        ? 0
                        : Math.max(0, Duration.between(signedAt, now).toSeconds()),
                key.toString(),
                seen);
    }

    private AuditWitness witness(ReadTx tx, NoteKey witness) {
        var last = repository.lastCosignature(tx, witness.toString());
        return new AuditWitness(
                witness.name(),
                witness.toString(),
                last.map(LogRepository.LastCosignature::size).orElse(0L),
                last.map(LogRepository.LastCosignature::at).orElse(null));
    }

    private record Finding(HealthSeverity severity, String sentence) {}

    private Finding finding(LogRepository.Waiting waiting, long entries, List<AuditWitness> seen, Instant now) {
        if (!sequencer.problem().isEmpty()) {
            return new Finding(
                    HealthSeverity.ERROR,
                    "Nothing is added to the signed log, because " + sequencer.problem()
                            + ". Events are kept and wait. Export the log, verify it, and compare it with what a witness"
                            + " has kept.");
        }
        if (waiting.oldest()
                .filter(oldest -> oldest.isBefore(now.minus(PATIENCE)))
                .isPresent()) {
            return new Finding(
                    HealthSeverity.WARNING,
                    waiting.count() + " events are stored and have waited for their places in the signed log for "
                            + Duration.between(waiting.oldest().get(), now).toSeconds() + " seconds.");
        }
        String all = "All " + entries + " events up to this moment are on the signed log";
        if (seen.isEmpty()) {
            return new Finding(
                    HealthSeverity.OK,
                    all
                            + ". No witness is named: whoever has the signing key and the database could still write another"
                            + " history.");
        }
        Optional<AuditWitness> silent = seen.stream()
                .filter(witness -> entries > witness.entries()
                        && (witness.cosignedAt() == null || witness.cosignedAt().isBefore(now.minus(WITNESS_PATIENCE))))
                .findFirst();
        return silent.map(witness -> new Finding(
                        HealthSeverity.WARNING,
                        all + ", but the witness " + witness.name()
                                + (witness.cosignedAt() == null
                                        ? " has never cosigned it."
                                        : " has last cosigned it at " + witness.cosignedAt() + ".")))
                .orElseGet(() ->
                        new Finding(HealthSeverity.OK, all + ", and " + seen.size() + " witnessed it from elsewhere."));
    }
}
