-- What people decide about the deployment while it runs, one document each; settings of the operator are elsewhere.
CREATE TABLE deployment_settings (
    name       text PRIMARY KEY CHECK (name <> ''),
    value      jsonb NOT NULL,
    updated_at timestamptz NOT NULL
);
