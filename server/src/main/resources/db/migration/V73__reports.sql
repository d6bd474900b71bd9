-- When the administrators of an organization's templates were last told which builds fail.
CREATE TABLE failed_builds_reports (
    organization_id uuid PRIMARY KEY REFERENCES organizations (id),
    reported_at     timestamptz NOT NULL
);
