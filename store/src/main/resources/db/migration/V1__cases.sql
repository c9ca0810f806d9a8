-- The case database. One set of migrations for H2 (MODE=PostgreSQL) and PostgreSQL: no vendor types, JSON as text.
-- Times are milliseconds UTC as bigint. What queries select on is extracted into columns; the rest is in body.

create table topic_offset (
    topic varchar(200) not null,
    part integer not null,
    next_offset bigint not null,
    primary key (topic, part)
);

-- One row per sequence. Updated inside the writer's transaction, so that commit order is sequence order.
create table counter (
    name varchar(64) not null primary key,
    last_value bigint not null
);
insert into counter (name, last_value) values ('feed', 0);
insert into counter (name, last_value) values ('ledger', 0);

create table incident (
    id varchar(64) not null,
    revision integer not null,
    organization varchar(64) not null,
    status varchar(16) not null,
    opened_at bigint not null,
    body text not null,
    primary key (id, revision)
);

create table case_file (
    id varchar(64) not null primary key,
    incident_id varchar(64) not null unique,
    revision integer not null,
    state varchar(32) not null,
    organization varchar(64) not null,
    assignee varchar(64) not null,
    grade_rank integer not null,
    opened_at bigint not null,
    updated_at bigint not null,
    search_text varchar(8000) not null,
    body text not null
);
create index case_file_opened on case_file (opened_at desc, id desc);
create index case_file_organization on case_file (organization, opened_at desc);
create index case_file_grade on case_file (grade_rank, opened_at desc);

create table message (
    id varchar(64) not null primary key,
    incident_id varchar(64) not null,
    case_id varchar(64) not null,
    reason varchar(64) not null,
    route varchar(200) not null,
    notifier varchar(64) not null,
    target varchar(2000) not null,
    body text not null,
    body_sm3 varchar(64) not null,
    state varchar(16) not null,
    attempts integer not null,
    next_at bigint not null,
    created_at bigint not null,
    delivered_at bigint not null,
    answer varchar(500) not null
);
create index message_due on message (state, next_at);
create index message_case on message (case_id);

create table deadline (
    id varchar(200) not null primary key,
    case_id varchar(64) not null,
    rule_id varchar(200) not null,
    name varchar(200) not null,
    scheme varchar(64) not null,
    duty_holder varchar(200) not null,
    addressee varchar(500) not null,
    clause varchar(1000) not null,
    verified boolean not null,
    started_at bigint not null,
    due_at bigint not null,
    state varchar(32) not null,
    met_at bigint not null,
    met_how varchar(2000) not null
);
create index deadline_due on deadline (state, due_at);
create index deadline_case on deadline (case_id);

-- leaf_index is -1 while the entry waits for the ledger.
create table ledger_entry (
    seq bigint not null primary key,
    entry_type varchar(64) not null,
    object_type varchar(64) not null,
    object_id varchar(200) not null,
    object_revision integer not null,
    organization varchar(64) not null,
    actor varchar(64) not null,
    made_at bigint not null,
    object_json text not null,
    salt varchar(64) not null,
    body_sm3 varchar(64) not null,
    leaf_index bigint not null,
    leaf_hash varchar(64) not null
);
create index ledger_entry_pending on ledger_entry (leaf_index, seq);
create index ledger_entry_object on ledger_entry (object_type, object_id, seq);
create index ledger_entry_made on ledger_entry (made_at, seq);

create table ledger_head (
    id integer not null primary key,
    checkpoint text not null,
    tree_size bigint not null
);

create table feed (
    seq bigint not null primary key,
    topic varchar(64) not null,
    object varchar(200) not null,
    revision integer not null,
    made_at bigint not null
);
create index feed_made on feed (made_at);

create table suppression (
    id varchar(64) not null primary key,
    organization varchar(64) not null,
    rule_id varchar(200) not null,
    rule_key varchar(2000) not null,
    until_at bigint not null,
    reason varchar(2000) not null,
    made_by varchar(64) not null,
    made_at bigint not null
);

-- Content-addressed: bytes are base64, the one binary form both databases hold without a limit of their own.
create table snapshot (
    digest varchar(128) not null primary key,
    kind varchar(64) not null,
    made_at bigint not null,
    body text not null
);

create table setting (
    name varchar(200) not null primary key,
    body text not null
);
