-- What each service may do. Everything not granted here is refused.
revoke all on schema public from public;

-- By name, so that they get in also where nobody else does.
do $$ begin execute format('grant connect on database %I to loader, transformer, reader', current_database()); end $$;

grant usage on schema catalog to loader, transformer;

-- Ingestion registers loads and announces them.
grant select, insert, update, delete on catalog.loads, catalog.lake_files, catalog.quarantined_rows to loader;
grant select, insert, update on catalog.mended_rows to loader;
grant select, insert on catalog.batches, catalog.batch_files to loader;
grant select, insert, update, delete on catalog.running_loads, catalog.idempotency_keys to loader;
grant select, insert, update, delete on catalog.outbox, catalog.inbox to loader, transformer;
grant usage on all sequences in schema catalog to loader, transformer;

-- Ingestion cares for the lake's files: it compacts, sweeps, and heeds the runs that read them.
grant select, insert, update, delete on catalog.lake_file_loads, catalog.retired_files, catalog.care_rounds to loader;
grant select on catalog.runs to loader;

-- Transform reads what was loaded, works its runs and publishes.
grant select on catalog.loads, catalog.lake_files, catalog.lake_file_loads, catalog.running_loads to transformer;
grant update (replaced) on catalog.loads to transformer;
grant select, insert, update, delete on catalog.runs to transformer;
grant usage, create on schema insights to transformer;
grant select, insert, update, delete on insights.versions, insights.version_loads, insights.version_tables, insights.version_notices to transformer;
do $$ begin execute format('grant create on database %I to transformer', current_database()); end $$;

-- Transform's scheduler keeps its tables in a schema of its own, and makes them itself.
grant usage, create on schema quartz to transformer;

-- Readers see published versions only. The transformer's own schemas and views follow by default privilege.
grant usage on schema insights to reader, loader;
grant select on all tables in schema insights to reader;
grant select on insights.versions, insights.version_loads to loader;
alter default privileges for role transformer grant usage on schemas to reader;
alter default privileges for role transformer grant select on tables to reader;

-- Nobody but the owner keeps files of its own in the database: no temporary tables, no large objects. Where the owner may not change the server's own functions,
-- as in managed databases, the latter stays as the server has it.
do $$
declare
    large_object_function regprocedure;
begin
    execute format('revoke temporary on database %I from public', current_database());
    for large_object_function in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace and (proname like 'lo\_%' or proname in ('loread', 'lowrite'))
    loop
        execute format('revoke execute on function %s from public', large_object_function);
    end loop;
exception
    when insufficient_privilege then raise notice 'Large objects stay as they are: %', sqlerrm;
end
$$;

-- Work that has lost its way ends. Readers stream whole tables to clients; publishing copies and indexes them, in one transaction.
alter role reader set statement_timeout = '5min';
alter role reader set idle_in_transaction_session_timeout = '1min';
alter role loader set statement_timeout = '15min';
alter role loader set idle_in_transaction_session_timeout = '5min';
alter role transformer set statement_timeout = '1h';
alter role transformer set idle_in_transaction_session_timeout = '1h';
