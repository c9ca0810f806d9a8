-- Reports as they were signed. document holds the exact text; pdf is base64, empty when none was made.

create table report (
    id varchar(64) not null primary key,
    kind varchar(32) not null,
    organization varchar(64) not null,
    period_from bigint not null,
    period_to bigint not null,
    made_at bigint not null,
    made_by varchar(64) not null,
    sm3 varchar(64) not null,
    kid varchar(64) not null,
    document text not null,
    signature text not null,
    pdf text not null
);
create index report_made on report (made_at desc, id);
create index report_organization on report (organization, made_at desc);

-- What a report reads by period.
create index message_created on message (created_at);
create index deadline_due_at on deadline (due_at);
