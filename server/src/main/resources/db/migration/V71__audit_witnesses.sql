-- What witnesses elsewhere say that they have seen: signature lines (C2SP tlog-cosignature) for a signed head.
CREATE TABLE audit_cosignatures (
    size         bigint NOT NULL REFERENCES audit_checkpoints (size) ON DELETE CASCADE,
    witness      text NOT NULL,
    line         text NOT NULL,
    cosigned_at  timestamptz NOT NULL,
    PRIMARY KEY (size, witness)
);
CREATE INDEX audit_cosignatures_witness ON audit_cosignatures (witness, size DESC);
