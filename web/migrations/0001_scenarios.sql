-- What is kept, and every version that was ever saved of it. One text for SQLite and for PostgreSQL.
-- Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE plimsoll_scenarios (
    id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    deleted_by TEXT,
    deleted_ms BIGINT,
    CHECK ((deleted_by IS NULL) = (deleted_ms IS NULL))
);

CREATE TABLE plimsoll_versions (
    scenario TEXT NOT NULL REFERENCES plimsoll_scenarios (id) ON DELETE CASCADE,
    version BIGINT NOT NULL CHECK (version > 0),
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    notes TEXT NOT NULL,
    workload TEXT NOT NULL,
    changes TEXT NOT NULL,
    result TEXT,
    verdict TEXT,
    engine_version TEXT NOT NULL,
    as_of TEXT NOT NULL,
    origin TEXT NOT NULL,
    forked_from TEXT,
    forked_version BIGINT,
    saved_by TEXT NOT NULL,
    saved_ms BIGINT NOT NULL,
    PRIMARY KEY (scenario, version),
    CHECK ((forked_from IS NULL) = (forked_version IS NULL))
);
