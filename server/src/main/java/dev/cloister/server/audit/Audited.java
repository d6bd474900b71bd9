package dev.cloister.server.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record whose changes are on the audit log. Each of its components carries exactly one of {@link Tracked},
 * {@link Masked} and {@link Ignored}; a guard test refuses a component that was forgotten.
 */
public interface Audited {
    AuditedType auditedType();

    /** The id that the event names, null where the thing has none that is a UUID. */
    @Nullable
    UUID auditedId();

    /** What a person calls it. */
    String auditedName();

    /** The organization it belongs to, null for site-wide things. */
    @Nullable
    UUID auditedOrganization();

    /** Old and new value are on the log. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Tracked {}

    /** That it changed is on the log, its value never. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Masked {}

    /** Not on the log: it says nothing about who did what. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Ignored {}

    /** A record of several facts, each of which is tracked as if it were a component of the record that holds it. */
    interface Parts {}
}
