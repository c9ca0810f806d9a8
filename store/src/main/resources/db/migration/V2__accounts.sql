-- Accounts, one-time links, sessions. Tokens are kept only as SM3 digests.

-- One role per account, by column and constraint: nobody is system administrator and auditor at once.
create table account (
    name varchar(64) not null primary key,
    display_name varchar(200) not null,
    role varchar(16) not null,
    organization varchar(64) not null,
    locale varchar(16) not null,
    password_hash varchar(200) not null,
    totp_secret varchar(64) not null,
    totp_last_step bigint not null,
    failures integer not null,
    locked_until bigint not null,
    disabled boolean not null,
    created_at bigint not null,
    constraint account_role check (role in ('system', 'security', 'audit', 'operator'))
);

create table one_time_link (
    token_hash varchar(64) not null primary key,
    account varchar(64) not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint not null,
    constraint one_time_link_account foreign key (account) references account (name) on delete cascade
);

create table session (
    token_hash varchar(64) not null primary key,
    account varchar(64) not null,
    csrf varchar(64) not null,
    created_at bigint not null,
    last_seen bigint not null,
    constraint session_account foreign key (account) references account (name) on delete cascade
);
create index session_account_name on session (account);

-- Sign-ins with a name that nobody has.
insert into counter (name, last_value) values ('sign-in-unknown', 0);
