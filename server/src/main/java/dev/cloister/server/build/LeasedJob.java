package dev.cloister.server.build;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A job in the hands of one worker: the authority to read what the job needs and to store what it made. Only the queue
 * makes one, and whatever is stored on its strength is stored in the transaction that checks that the lease still
 * holds.
 */
public final class LeasedJob {
    private final JobId id;
    private final JobType type;
    private final UUID organization;
    private final UUID initiator;
    private final UUID file;
    private final JsonNode input;
    private final int attempt;
    private final boolean canceled;
    private final long loggedBytes;
    private final UUID worker;

    LeasedJob(
            JobId id,
            JobType type,
            UUID organization,
            UUID initiator,
            UUID file,
            JsonNode input,
            int attempt,
            boolean canceled,
            long loggedBytes,
            UUID worker) {
        this.id = id;
        this.type = type;
        this.organization = organization;
        this.initiator = initiator;
        this.file = file;
        this.input = input;
        this.attempt = attempt;
        this.canceled = canceled;
        this.loggedBytes = loggedBytes;
        this.worker = worker;
    }

    public JobId id() {
        return id;
    }

    public JobType type() {
        return type;
    }

    public UUID organization() {
        return organization;
    }

    /** Who asked for it. */
    public UUID initiator() {
        return initiator;
    }

    /** The template's archive. */
    public UUID file() {
        return file;
    }

    /** What it works on, as its owner wrote it. */
    public JsonNode input() {
        return input;
    }

    /** Which attempt this is, from 1. */
    public int attempt() {
        return attempt;
    }

    /** Whether it was canceled by the time it was looked at. */
    boolean canceled() {
        return canceled;
    }

    /** What its log held by then. */
    long loggedBytes() {
        return loggedBytes;
    }

    UUID worker() {
        return worker;
    }

    @Override
    public String toString() {
        return type.wireName() + " " + id;
    }
}
