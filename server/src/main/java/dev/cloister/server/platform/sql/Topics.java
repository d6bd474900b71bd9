package dev.cloister.server.platform.sql;

import java.util.Set;

/** The topics of {@link Events}; each payload is one id. */
public final class Topics {
    /** An API key (a session or token) ended or was narrowed: the key's id. */
    public static final String CREDENTIAL_ENDED = "credential-ended";
    /** A person was suspended, deleted, or lost or gained rights: the user's id. */
    public static final String USER_CHANGED = "user-changed";
    /** Anything that a workspace's page shows changed: the workspace's id. */
    public static final String WORKSPACE_CHANGED = "workspace-changed";
    /** A workspace begins to stop or to be deleted, and its connections end: the workspace's id. */
    public static final String WORKSPACE_ENDING = "workspace-ending";
    /** A workspace, or a port of it, was opened to more or fewer people: the workspace's id. */
    public static final String WORKSPACE_SHARED = "workspace-shared";
    /** The settings of a template changed, among them to whom its workspaces' apps may be open: the template's id. */
    public static final String TEMPLATE_CHANGED = "template-changed";
    /** A job waits for a provisioner: the job's id. */
    public static final String JOB_WAITING = "job-waiting";
    /** A running job should stop: the job's id. */
    public static final String JOB_CANCELED = "job-canceled";
    /** A job wrote log lines or ended: the job's id. */
    public static final String JOB_LOGS = "job-logs";
    /** An agent wrote log lines: the agent's id. */
    public static final String AGENT_LOGS = "agent-logs";
    /** An agent reported metadata: the agent's id. */
    public static final String AGENT_METADATA = "agent-metadata";

    /** A person linked their account with a provider: the person's id. */
    public static final String EXTERNAL_LINK = "external-link";

    /** After these, what was remembered of credentials and rights is doubtful. */
    public static final Set<String> RIGHTS = Set.of(CREDENTIAL_ENDED, USER_CHANGED);

    /** A notification waits to be sent: the id of its template. */
    public static final String NOTIFICATION_WAITING = "notification-waiting";
    /** Something came into an inbox or was read there: the person's id. */
    public static final String INBOX_CHANGED = "inbox-changed";

    /** Events got their places in the tree of the audit log: how many it has now. */
    public static final String AUDIT_LOG_GREW = "audit-log-grew";
    /** Where copies of the audit log go was changed: the sink's id. */
    public static final String AUDIT_SINK_CHANGED = "audit-sink-changed";

    private Topics() {}
}
