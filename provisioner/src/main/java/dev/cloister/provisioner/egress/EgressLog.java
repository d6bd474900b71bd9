package dev.cloister.provisioner.egress;

import java.util.UUID;

/** Hears what leaves the workspaces and what was kept from leaving. Called from proxy threads; must be quick. */
public interface EgressLog {
    EgressLog NONE = new EgressLog() {
        @Override
        public void refused(Attempt attempt, String reason, long suppressed) {}

        @Override
        public void opened(Attempt attempt) {}

        @Override
        public void closed(Attempt attempt, long bytesOut, long bytesIn) {}
    };

    /**
     * A connection that was not made. At most a few a second for each workspace are told.
     *
     * @param reason for the operator, one sentence
     * @param suppressed refusals of this workspace left out since the last one told
     */
    void refused(Attempt attempt, String reason, long suppressed);

    /** A connection that was made. */
    void opened(Attempt attempt);

    /** The end of a connection that was made, with the bytes that went each way. */
    void closed(Attempt attempt, long bytesOut, long bytesIn);

    /**
     * What a workspace asked for.
     *
     * @param host as asked, in lower case; at most 255 characters, not otherwise to be trusted
     */
    record Attempt(UUID workspaceId, String host, int port) {}
}
