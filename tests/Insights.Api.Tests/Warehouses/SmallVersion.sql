-- A small version, written by hand in the shape in which the transformer publishes: the expected figures of the tests stand here.
-- {schema} and {version} are replaced before it runs. Households 2, 3 and 6 tie on sales, 4 and 7 on everything that is sorted by.
-- Household 1's produce is 30.49 dollars and as many cents as the version's number, so that versions can be told apart.
create schema {schema};

create table {schema}.household_summary (
    household_key int primary key,
    age_45_plus bool, income_50k_plus bool, single_couple_family int, has_kids bool, single bool, couple bool,
    first_day int not null, last_day int not null, baskets int not null,
    r_score int not null, f_score int not null, m_score int not null, rfm_score int not null, rfm_bin int not null,
    alcohol numeric(18, 2) not null default 0, beverages numeric(18, 2) not null default 0, concessions numeric(18, 2) not null default 0,
    dairy numeric(18, 2) not null default 0, drug numeric(18, 2) not null default 0, garden numeric(18, 2) not null default 0,
    grain_goods numeric(18, 2) not null default 0, grocery numeric(18, 2) not null default 0, home_family numeric(18, 2) not null default 0,
    junk_food numeric(18, 2) not null default 0, kitchen numeric(18, 2) not null default 0, meat numeric(18, 2) not null default 0,
    misc numeric(18, 2) not null default 0, produce numeric(18, 2) not null default 0, seasonal numeric(18, 2) not null default 0,
    total_sales numeric(18, 2) not null,
    r_score_relative int not null default 3, has_demographics bool not null default false);
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

create table {schema}.daily_household_spend (
    day int not null, household_key int not null,
    alcohol numeric(18, 2) not null default 0, beverages numeric(18, 2) not null default 0, concessions numeric(18, 2) not null default 0,
    dairy numeric(18, 2) not null default 0, drug numeric(18, 2) not null default 0, garden numeric(18, 2) not null default 0,
    grain_goods numeric(18, 2) not null default 0, grocery numeric(18, 2) not null default 0, home_family numeric(18, 2) not null default 0,
    junk_food numeric(18, 2) not null default 0, kitchen numeric(18, 2) not null default 0, meat numeric(18, 2) not null default 0,
    misc numeric(18, 2) not null default 0, produce numeric(18, 2) not null default 0, seasonal numeric(18, 2) not null default 0,
    total_sales numeric(18, 2) not null,
    primary key (household_key, day));
insert into {schema}.daily_household_spend (day, household_key, meat, produce, total_sales)
values (700, 1, 20.00, 20.50, 40.50), (101, 1, 0.00, 10.00, 10.00), (110, 2, 0.00, 20.00, 20.00);

create table {schema}.daily_campaign_sales (campaign int not null, day int not null, sales_value numeric(18, 2) not null, primary key (campaign, day));
insert into {schema}.daily_campaign_sales values (1, 300, 3.30), (2, 101, 5.00), (1, 102, 2.20), (1, 101, 1.10);

-- The days of the data are 101 to 708, 608 in all. Campaign 1: 3.30 / 123 = 0.0268292…, 3.30 / 444 = 0.0074324…, 6.60 / 608 = 0.0108552….
create table {schema}.campaign_summary (
    campaign int primary key, description text not null, first_day int not null, last_day int not null, duration int not null, listed_products bigint not null,
    sales_before numeric(18, 2) not null, sales_during numeric(18, 2) not null, sales_after numeric(18, 2) not null, sales_total numeric(18, 2) not null,
    days_before int not null, days_during int not null, days_after int not null, days_total int not null,
    avg_before numeric(18, 6), avg_during numeric(18, 6), avg_after numeric(18, 6), avg_total numeric(18, 6));
insert into {schema}.campaign_summary values
    (3, E'Type "B",\nsecond', 700, 720, 21, 0, 0, 0, 0, 0, 599, 9, 0, 608, 0, 0, null, 0),
    (1, 'TypeA', 224, 264, 41, 3, 3.30, 0, 3.30, 6.60, 123, 41, 444, 608, 0.026829, 0, 0.007432, 0.010855),
    (2, '=HYPERLINK("http://x")', 50, 100, 51, 1, 0, 0, 5.00, 5.00, 0, 0, 608, 608, null, null, 0.008224, 0.008224);

create table {schema}.daily_sales (day int primary key, sales_value numeric(18, 2) not null, baskets bigint not null, households bigint not null, lines bigint not null);
insert into {schema}.daily_sales values (102, 0.05, 1, 1, 1), (101, 1234567.80, 3, 2, 7);

create table {schema}.orphans (
    reference int primary key, dataset text not null, column_names text not null, target text not null, is_target_loaded boolean not null,
    rows bigint, keys bigint, examples text not null, loads text not null);
insert into {schema}.orphans values
    (2, 'coupon', 'CAMPAIGN', 'campaign_desc', false, null, null, '[]', '[]'),
    (1, 'transaction_data', 'PRODUCT_ID', 'product', true, 5, 2, '[{"key":"7","rows":4},{"key":"8","rows":1}]', '[{"loadId":11,"rows":5}]');

insert into insights.versions values ({version}, timestamptz '2026-01-02 03:04:05Z' + make_interval(secs => {version}), 17, '2004-03-23', 'fingerprint', '{schema}', '{}');
insert into insights.version_loads values
    ({version}, 12, 'product', 'bb', 92353, '2026-01-02 03:00:01Z'),
    ({version}, 11, 'transaction_data', 'aa', 75000, '2026-01-02 03:00:00Z');
insert into insights.version_tables values
    ({version}, 'daily_sales', 4, 2, 'day', '{day,sales_value,baskets,households,lines}'),
    ({version}, 'household_summary', 0, 11, 'household', '{household_key}'),
    ({version}, 'daily_household_spend', 1, 3, 'household and day', '{day,household_key}'),
    ({version}, 'daily_campaign_sales', 2, 4, 'campaign and day', '{campaign,day,sales_value}'),
    ({version}, 'campaign_summary', 3, 3, 'campaign', '{campaign}'),
    ({version}, 'orphans', 5, 2, 'reference', '{reference,dataset}');
insert into insights.version_notices values ({version}, 'lines_unknown_product', 1, 5, 'Five lines name a product that is not known.'), ({version}, 'lines_read', 0, 75000, 'Lines read.');
