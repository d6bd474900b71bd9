package dev.cloister.cli.provisioner;

import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.ProvisionerJob;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a list of jobs can show. */
enum JobColumn implements Column<ProvisionerJob> {
    ID,
    CREATED_AT,
    STARTED_AT,
    COMPLETED_AT,
    CANCELED_AT,
    ERROR,
    ERROR_CODE,
    STATUS,
    WORKER_ID,
    WORKER_NAME,
    FILE_ID,
    TAGS,
    QUEUE_POSITION,
    QUEUE_SIZE,
    QUEUE,
    ORGANIZATION_ID,
    INITIATOR_ID,
    TEMPLATE_VERSION_ID,
    WORKSPACE_BUILD_ID,
    TYPE,
    TEMPLATE_VERSION_NAME,
    TEMPLATE_ID,
    TEMPLATE_NAME,
    TEMPLATE_DISPLAY_NAME,
    WORKSPACE_ID,
    WORKSPACE_NAME;

    @Override
    public String cell(ProvisionerJob job, Instant now) {
        return switch (this) {
            case ID -> job.id().toString();
            case CREATED_AT -> job.createdAt().toString();
            case STARTED_AT -> text(job.startedAt());
            case COMPLETED_AT -> text(job.completedAt());
            case CANCELED_AT -> text(job.canceledAt());
            case ERROR -> job.error();
            case ERROR_CODE -> job.errorCode();
            case STATUS -> job.status().name().toLowerCase(Locale.ROOT);
            case WORKER_ID -> text(job.workerId());
            case WORKER_NAME -> job.workerName();
            case FILE_ID -> job.fileId().toString();
            case TAGS -> ProvisionerColumn.tags(job.tags());
            case QUEUE_POSITION -> Integer.toString(job.queuePosition());
            case QUEUE_SIZE -> Integer.toString(job.queueSize());
            case QUEUE -> job.queuePosition() == 0 ? "" : job.queuePosition() + "/" + job.queueSize();
            case ORGANIZATION_ID -> job.organizationId().toString();
            case INITIATOR_ID -> job.initiatorId().toString();
            case TEMPLATE_VERSION_ID -> text(job.input().templateVersionId());
            case WORKSPACE_BUILD_ID -> text(job.input().workspaceBuildId());
            case TYPE -> job.type().name().toLowerCase(Locale.ROOT);
            case TEMPLATE_VERSION_NAME -> job.metadata().templateVersionName();
            case TEMPLATE_ID -> text(job.metadata().templateId());
            case TEMPLATE_NAME -> job.metadata().templateName();
            case TEMPLATE_DISPLAY_NAME -> job.metadata().templateDisplayName();
            case WORKSPACE_ID -> text(job.metadata().workspaceId());
            case WORKSPACE_NAME -> job.metadata().workspaceName();
        };
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
