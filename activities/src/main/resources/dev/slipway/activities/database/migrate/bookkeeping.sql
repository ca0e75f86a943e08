CREATE SCHEMA IF NOT EXISTS slipway;

-- The highest token that changed anything here.
CREATE TABLE IF NOT EXISTS slipway.fence (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  token bigint  NOT NULL
);

-- The way back, recorded before each way forward.
CREATE TABLE IF NOT EXISTS slipway.migrations (
  version            text        PRIMARY KEY,
  description        text        NOT NULL,
  checksum           text        NOT NULL,
  down_name          text        NOT NULL,
  down_sql           text        NOT NULL,
  fingerprint_before text        NOT NULL,
  schema_before      text[]      NOT NULL,
  -- NULL: begun, and nobody saw its end.
  fingerprint_after  text,
  -- It ran outside of a transaction, so that it can have been killed half-way.
  stands_alone       boolean     NOT NULL,
  -- Tables and columns that it brought, which its down drops.
  brought            text        NOT NULL DEFAULT '[]',
  -- What the migration itself put into them; NULL: not known.
  contents           text,
  run                bigint      NOT NULL,
  token              bigint      NOT NULL,
  applied_at         timestamptz NOT NULL DEFAULT now()
);

-- On which schemas a release was seen to work.
CREATE TABLE IF NOT EXISTS slipway.proofs (
  artifact      text        NOT NULL,
  configuration text        NOT NULL,
  fingerprint   text        NOT NULL,
  release       bigint      NOT NULL,
  at            timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (artifact, configuration, fingerprint)
);
