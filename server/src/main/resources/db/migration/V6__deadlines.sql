-- Which workspaces are to stop by themselves is asked several times a minute.

CREATE INDEX workspace_builds_deadline ON workspace_builds (deadline) WHERE deadline IS NOT NULL;
