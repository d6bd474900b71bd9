package dev.cloister.server.template;

/** An archive with its media type. */
record StoredFile(String mediaType, byte[] data) {
    static final String TAR = "application/x-tar";
    static final String ZIP = "application/zip";
    /** What Windows calls a zip. */
    static final String ZIP_OF_WINDOWS = "application/x-zip-compressed";
}
