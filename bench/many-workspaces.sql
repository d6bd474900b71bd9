-- 10,000 workspaces like the one named by :workspace, each with a build, a job, a resource and an agent: 20 of its
-- owner's, the others of everybody else.
CREATE TEMP TABLE model AS
SELECT w.id AS workspace, w.owner_id, b.id AS build, b.job_id AS job
FROM workspaces w JOIN workspace_builds b ON b.workspace_id = w.id WHERE w.id = :'workspace' LIMIT 1;

CREATE TEMP TABLE copies AS
SELECT n, gen_random_uuid() AS workspace, gen_random_uuid() AS build, gen_random_uuid() AS job,
    gen_random_uuid() AS resource, gen_random_uuid() AS agent,
    CASE WHEN n < 20 THEN (SELECT owner_id FROM model)
         ELSE (SELECT (array_agg(id))[1 + n % count(*)::int] FROM users WHERE id <> (SELECT owner_id FROM model)) END AS owner
FROM generate_series(1, 9999) AS n;

-- Rows are copied whole, whatever columns they have, with other keys.
INSERT INTO provisioner_jobs
SELECT (jsonb_populate_record(j, jsonb_build_object('id', c.job))).*
FROM copies c, provisioner_jobs j WHERE j.id = (SELECT job FROM model);
INSERT INTO workspaces
SELECT (jsonb_populate_record(w, jsonb_build_object('id', c.workspace, 'owner_id', c.owner, 'name', 'copy-' || c.n))).*
FROM copies c, workspaces w WHERE w.id = (SELECT workspace FROM model);
INSERT INTO workspace_builds
SELECT (jsonb_populate_record(b, jsonb_build_object('id', c.build, 'workspace_id', c.workspace, 'job_id', c.job))).*
FROM copies c, workspace_builds b WHERE b.id = (SELECT build FROM model);
INSERT INTO workspace_resources
SELECT (jsonb_populate_record(r, jsonb_build_object('id', c.resource, 'job_id', c.job))).*
FROM copies c, workspace_resources r WHERE r.job_id = (SELECT job FROM model);
INSERT INTO workspace_agents
SELECT (jsonb_populate_record(a, jsonb_build_object('id', c.agent, 'resource_id', c.resource, 'workspace_id',
    c.workspace, 'build_id', c.build, 'hashed_token', '\x' || encode(sha256(c.agent::text::bytea), 'hex')))).*
FROM copies c, workspace_agents a WHERE a.build_id = (SELECT build FROM model);
ANALYZE;
