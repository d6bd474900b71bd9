-- Service accounts, settings of people, codes that reset a password, and tokens for some objects only.

ALTER TABLE users ADD COLUMN is_service_account boolean NOT NULL DEFAULT FALSE;
ALTER TABLE users DROP CONSTRAINT users_email_check;
ALTER TABLE users ADD CONSTRAINT users_email_check
    CHECK (length(email) BETWEEN 3 AND 254 OR (email = '' AND is_service_account));
-- Nobody signs in as a service account.
ALTER TABLE users ADD CONSTRAINT users_service_account_check
    CHECK (NOT is_service_account OR (login_type = 'none' AND hashed_password = ''));
ALTER TABLE users ADD CONSTRAINT users_avatar_url_check CHECK (length(avatar_url) <= 2048);
DROP INDEX users_email;
CREATE UNIQUE INDEX users_email ON users (lower(email)) WHERE NOT deleted AND email <> '';
CREATE INDEX users_activity ON users (last_seen_at) WHERE status = 'active' AND NOT deleted;

-- How somebody wants the dashboard to look and to behave.
CREATE TABLE user_settings (
    user_id uuid NOT NULL REFERENCES users (id),
    key     text NOT NULL CHECK (length(key) <= 64),
    value   text NOT NULL CHECK (length(value) <= 256),
    PRIMARY KEY (user_id, key)
);

-- Only a hash is kept; a code has 192 random bits, so a slow hash would add nothing.
CREATE TABLE one_time_codes (
    hashed_code bytea PRIMARY KEY CHECK (length(hashed_code) = 32),
    user_id     uuid NOT NULL REFERENCES users (id),
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX one_time_codes_user ON one_time_codes (user_id);

-- "type:id" of what a token may touch; "*" stands for all. Empty: everything that its scopes allow.
ALTER TABLE api_keys ADD COLUMN allow_list text[] NOT NULL DEFAULT '{}' CHECK (cardinality(allow_list) <= 128);
