-- What each service may do. Everything not granted here is refused.
revoke all on schema public from public;

grant usage on schema catalog to loader, transformer;

-- Ingestion registers loads and announces them.
grant select, insert, update, delete on catalog.loads, catalog.lake_files, catalog.quarantined_rows to loader;
grant select, insert, update on catalog.mended_rows to loader;
grant select, insert, update, delete on catalog.outbox, catalog.inbox to loader, transformer;
grant usage on all sequences in schema catalog to loader, transformer;

-- Transform reads what was loaded, works its runs and publishes.
grant select on catalog.loads, catalog.lake_files to transformer;
grant update (replaced) on catalog.loads to transformer;
grant select, insert, update, delete on catalog.runs to transformer;
grant usage, create on schema insights to transformer;
grant select, insert, update, delete on insights.versions, insights.version_loads, insights.version_tables, insights.version_notices to transformer;
do $$ begin execute format('grant create on database %I to transformer', current_database()); end $$;

-- Readers see published versions only. The transformer's own schemas and views follow by default privilege.
grant usage on schema insights to reader, loader;
grant select on all tables in schema insights to reader;
grant select on insights.versions, insights.version_loads to loader;
alter default privileges for role transformer grant usage on schemas to reader;
alter default privileges for role transformer grant select on tables to reader;
