package dev.cloister.server.audit;

/**
 * The writes that say nothing about who did what, named one by one. A change of anything that a person decides, owns or
 * could be asked about does not belong here.
 */
public enum Unaudited {
    /** An agent reports: logs, metadata, health, statistics, lifecycle. */
    AGENT_REPORT,
    /** A build reports: heartbeat, log lines, leases. The build itself and its end are audited. */
    BUILD_REPORT,
    /** A session was used: its sliding expiry and the person's last seen time. */
    SESSION_USE,
    /** A session or token that ended long ago was forgotten. That it was made is audited, and that somebody ended it. */
    EXPIRED_CREDENTIAL,
    /** A connection was used: bytes, end. Its beginning and end are on the connection log. */
    CONNECTION_REPORT,
    /** An archive was uploaded. Nothing comes of it until a template version is made, which is audited. */
    FILE_UPLOAD,
    /** A workspace was used: when last. */
    WORKSPACE_USE,
    /** Keys that the server makes for itself at first start. */
    SERVER_KEY,
    /** A provider renewed the token of a link that a person had made before. */
    TOKEN_RENEWAL,
    /** Events that are on the log already get their places in its tree, and the tree is signed. */
    LOG_TREE,
    /** Events that are on the log were copied elsewhere, or could not be. */
    LOG_COPY,
    /** A notification was leased, sent, given up or forgotten. What it tells of is audited. */
    NOTIFICATION_DELIVERY,
    /** A person read a notification of theirs, or has it be unread again. */
    NOTIFICATION_READ,
    /** A person sends themselves a notification. */
    NOTIFICATION_TO_ONESELF,
    /** Nothing was changed after all. */
    NO_CHANGE
}
