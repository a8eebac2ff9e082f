-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: Contributors to the cueffmpeg project
-- Everything the local farm knows. Numbers of states and types are those of job.proto and depend.proto;
-- times are seconds since 1970, cores are points (100 = one core), memory is KB.
CREATE TABLE show (name TEXT PRIMARY KEY, id TEXT NOT NULL, jobs INTEGER NOT NULL DEFAULT 0);
CREATE TABLE job (
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    show TEXT NOT NULL, shot TEXT NOT NULL, user TEXT NOT NULL, uid INTEGER, facility TEXT NOT NULL, os TEXT NOT NULL,
    log_dir TEXT NOT NULL, state INTEGER NOT NULL, paused INTEGER NOT NULL, auto_eat INTEGER NOT NULL,
    priority INTEGER NOT NULL, max_retries INTEGER NOT NULL, min_cores INTEGER NOT NULL, max_cores INTEGER NOT NULL,
    submitted REAL NOT NULL, stopped REAL, env TEXT NOT NULL, post_of INTEGER REFERENCES job
);
CREATE INDEX job_by_turn ON job (state, paused, priority DESC, submitted, pk);
CREATE INDEX job_by_name ON job (name, state);
CREATE TABLE layer (
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, job INTEGER NOT NULL REFERENCES job, name TEXT NOT NULL,
    type INTEGER NOT NULL, command TEXT NOT NULL, range TEXT NOT NULL, chunk INTEGER NOT NULL,
    min_cores INTEGER NOT NULL, min_memory INTEGER NOT NULL, threadable INTEGER NOT NULL, gpus INTEGER NOT NULL,
    tags TEXT NOT NULL, services TEXT NOT NULL, limits TEXT NOT NULL, outputs TEXT NOT NULL, env TEXT NOT NULL,
    timeout INTEGER NOT NULL, timeout_llu INTEGER NOT NULL, dispatch_order INTEGER NOT NULL,
    eligible REAL NOT NULL, started REAL, stopped REAL,
    success_count INTEGER NOT NULL DEFAULT 0, fail_count INTEGER NOT NULL DEFAULT 0,
    success_clock INTEGER NOT NULL DEFAULT 0, success_core INTEGER NOT NULL DEFAULT 0,
    fail_core INTEGER NOT NULL DEFAULT 0, clock_high INTEGER NOT NULL DEFAULT 0, clock_low INTEGER NOT NULL DEFAULT 0,
    max_rss INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX layer_by_job ON layer (job, dispatch_order);
CREATE TABLE frame (
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, job INTEGER NOT NULL REFERENCES job,
    layer INTEGER NOT NULL REFERENCES layer, number INTEGER NOT NULL, name TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, dispatch_order INTEGER NOT NULL, layer_order INTEGER NOT NULL,
    depend_count INTEGER NOT NULL DEFAULT 0, retries INTEGER NOT NULL DEFAULT 0,
    exit_status INTEGER NOT NULL DEFAULT -1, started REAL, stopped REAL, updated REAL NOT NULL, eligible REAL,
    llu REAL NOT NULL, max_rss INTEGER NOT NULL DEFAULT 0, host TEXT NOT NULL DEFAULT '',
    cores INTEGER NOT NULL DEFAULT 0, memory INTEGER NOT NULL DEFAULT 0, core_time INTEGER NOT NULL DEFAULT 0,
    stop_as INTEGER, pid INTEGER, pid_mark TEXT
);
CREATE INDEX frame_by_turn ON frame (job, dispatch_order, layer_order);
CREATE INDEX frame_by_state ON frame (layer, state, dispatch_order);
CREATE INDEX frame_by_number ON frame (layer, number);
CREATE INDEX frame_by_change ON frame (job, updated);
-- How many frames of a layer are in a state, kept by the trigger: job and layer lists never count frames.
CREATE TABLE frame_count (
    job INTEGER NOT NULL, layer INTEGER NOT NULL, state INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (layer, state)
) WITHOUT ROWID;
CREATE INDEX frame_count_by_job ON frame_count (job, state, n);
CREATE INDEX frame_count_by_state ON frame_count (state, layer) WHERE n > 0;
CREATE TRIGGER frame_changes_state AFTER UPDATE OF state ON frame WHEN old.state <> new.state BEGIN
    UPDATE frame_count SET n = n - 1 WHERE layer = old.layer AND state = old.state;
    INSERT INTO frame_count VALUES (new.job, new.layer, new.state, 1)
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TABLE depend (
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, parent INTEGER REFERENCES depend, type INTEGER NOT NULL,
    any_frame INTEGER NOT NULL DEFAULT 0, active INTEGER NOT NULL DEFAULT 1,
    er_job INTEGER NOT NULL, er_layer INTEGER, er_frame INTEGER, on_job INTEGER NOT NULL, on_layer INTEGER, on_frame INTEGER
);
CREATE INDEX depend_by_er ON depend (er_job, er_layer);
CREATE INDEX depend_by_er_frame ON depend (er_frame) WHERE er_frame IS NOT NULL;
CREATE INDEX depend_by_on_layer ON depend (on_layer, type);
CREATE INDEX depend_by_on_frame ON depend (on_frame) WHERE on_frame IS NOT NULL;
CREATE INDEX depend_by_parent ON depend (parent) WHERE parent IS NOT NULL;
CREATE TABLE comment (
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, job INTEGER NOT NULL REFERENCES job, written REAL NOT NULL,
    user TEXT NOT NULL, subject TEXT NOT NULL, message TEXT NOT NULL
);
CREATE INDEX comment_by_job ON comment (job);
