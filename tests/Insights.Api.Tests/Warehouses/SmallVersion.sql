-- A small version in tables like those that the worker made, with rows written by hand: the expected figures of the tests stand here.
-- {schema} and {version} are replaced before it runs. Households 2, 3 and 6 tie on sales, 4 and 7 on everything that is sorted by.
-- Household 1's produce is 30.49 dollars and as many cents as the version's number, so that versions can be told apart.
create schema {schema};
create table {schema}.household_summary (like made.household_summary including all);
create table {schema}.daily_household_spend (like made.daily_household_spend including all);
create table {schema}.daily_campaign_sales (like made.daily_campaign_sales including all);
create table {schema}.campaign_summary (like made.campaign_summary including all);
create table {schema}.daily_sales (like made.daily_sales including all);
create table {schema}.store_daily_sales (like made.store_daily_sales including all);
create table {schema}.orphans (like made.orphans including all);

-- Sections that a row below leaves out are zero.
do $$
declare amount record;
begin
    for amount in select table_name, column_name from information_schema.columns
        where table_schema = '{schema}' and table_name in ('household_summary', 'daily_household_spend') and data_type = 'numeric' and column_name <> 'total_sales'
    loop
        execute format('alter table {schema}.%I alter column %I set default 0', amount.table_name, amount.column_name);
    end loop;
end $$;
alter table {schema}.household_summary alter column r_score_relative set default 3, alter column has_demographics set default false;

insert into {schema}.household_summary (
    household_key, age_45_plus, income_50k_plus, single_couple_family, has_kids, single, couple, first_day, last_day, baskets,
    r_score, f_score, m_score, rfm_score, rfm_bin, meat, produce, total_sales)
values
    (7, true, true, null, null, null, null, 101, 708, 20, 5, 5, 5, 15, 5, 200.10, 0.00, 200.10),
    (1, true, true, 3, true, false, false, 101, 700, 10, 4, 3, 4, 11, 3, 20.00, 30.49 + {version} / 100.0, 50.49 + {version} / 100.0),
    (2, false, false, 1, false, true, false, 110, 690, 5, 4, 2, 2, 8, 2, 0.00, 20.00, 20.00),
    (3, null, null, null, null, null, null, 120, 690, 5, 4, 2, 2, 8, 2, 5.25, 14.75, 20.00),
    (4, true, false, 2, false, false, true, 101, 708, 20, 5, 5, 5, 15, 5, 100.00, 100.10, 200.10),
    (5, false, true, 2, false, false, true, 130, 500, 1, 1, 1, 1, 3, 1, 0.00, 0.99, 0.99),
    (6, null, null, null, null, null, null, 140, 600, 5, 2, 2, 2, 6, 2, 10.00, 10.00, 20.00),
    (8, false, false, 3, true, false, false, 150, 700, 10, 4, 3, 3, 10, 3, 25.00, 25.50, 50.50),
    (9, null, null, null, null, null, null, 160, 505, 1, 1, 1, 1, 3, 1, 0.49, 0.50, 0.99),
    (10, true, false, 1, false, true, false, 170, 708, 20, 5, 5, 4, 14, 4, 60.00, 60.00, 120.00),
    (11, false, true, 3, true, false, false, 101, 708, 10, 5, 3, 3, 11, 3, 25.25, 25.25, 50.50);

insert into {schema}.daily_household_spend (day, household_key, meat, produce, total_sales)
values (700, 1, 20.00, 20.50, 40.50), (101, 1, 0.00, 10.00, 10.00), (110, 2, 0.00, 20.00, 20.00);

insert into {schema}.daily_campaign_sales values (1, 300, 3.30), (2, 101, 5.00), (1, 102, 2.20), (1, 101, 1.10);

-- The days of the data are 101 to 708, 608 in all. Campaign 1: 3.30 / 123 = 0.0268292…, 3.30 / 444 = 0.0074324…, 6.60 / 608 = 0.0108552….
insert into {schema}.campaign_summary values
    (3, E'Type "B",\nsecond', 700, 720, 21, 0, 0, 0, 0, 0, 599, 9, 0, 608, 0, 0, null, 0),
    (1, 'TypeA', 224, 264, 41, 3, 3.30, 0, 3.30, 6.60, 123, 41, 444, 608, 0.026829, 0, 0.007432, 0.010855),
    (2, '=HYPERLINK("http://x")', 50, 100, 51, 1, 0, 0, 5.00, 5.00, 0, 0, 608, 608, null, null, 0.008224, 0.008224);

insert into {schema}.store_daily_sales (store_id, day, sales_value, baskets, households, lines)
values (292, 103, 0.05, 1, 1, 1), (31, 102, 3.30, 2, 1, 3), (292, 101, 1234560.00, 2, 2, 5), (31, 101, 7.80, 1, 1, 2), (400, 102, 2.20, 1, 1, 1);

insert into {schema}.daily_sales values (102, 0.05, 1, 1, 1), (101, 1234567.80, 3, 2, 7);

insert into {schema}.orphans values
    (2, 'coupon', 'CAMPAIGN', 'campaign_desc', false, null, null, '[]', '[]'),
    (1, 'transaction_data', 'PRODUCT_ID', 'product', true, 5, 2, '[{"key":"7","rows":4},{"key":"8","rows":1}]', '[{"loadId":11,"rows":5}]');

insert into insights.versions values ({version}, timestamptz '2026-01-02 03:04:05Z' + make_interval(secs => {version}), 17, '2004-03-23', 'fingerprint', '{schema}', '{}');
insert into insights.version_loads values
    ({version}, 12, 'product', 'bb', 92353, '2026-01-02 03:00:01Z'),
    ({version}, 11, 'transaction_data', 'aa', 75000, '2026-01-02 03:00:00Z');
insert into insights.version_tables values
    ({version}, 'daily_sales', 4, 2, 'day', '{day,sales_value,baskets,households,lines}'),
    ({version}, 'household_summary', 0, 11, 'household', '{household_key,rfm_bin}'),
    ({version}, 'daily_household_spend', 1, 3, 'household and day', '{day,household_key}'),
    ({version}, 'daily_campaign_sales', 2, 4, 'campaign and day', '{campaign,day,sales_value}'),
    ({version}, 'campaign_summary', 3, 3, 'campaign', '{campaign}'),
    ({version}, 'store_daily_sales', 5, 5, 'store and day', '{store_id,day,sales_value,baskets,households,lines}'),
    ({version}, 'orphans', 6, 2, 'reference', '{reference,dataset}');
insert into insights.version_notices values ({version}, 'lines_unknown_product', 1, 5, 'Five lines name a product that is not known.'), ({version}, 'lines_read', 0, 75000, 'Lines read.');
