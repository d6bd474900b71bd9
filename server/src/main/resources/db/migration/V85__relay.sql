-- How a server process is reached by the others, empty where nobody has said so, and by which name its connection for
-- events is seen by the database: that goes with the process, long before its last sign of life is old.
ALTER TABLE server_processes ADD COLUMN relay_url text NOT NULL DEFAULT '';
ALTER TABLE server_processes ADD COLUMN listener text NOT NULL DEFAULT '';
