-- The tables of a published version, written independently of the project's models and for one machine alone: straight from the lake's files into
-- memory. No data tests, no notices, nothing published. Expects a view for each data set, in one load each and with that load's id, and the table
-- section_map.

-- Cleaning rules 1 to 5. Amounts in whole cents from here on.
create temp table lines as
select
    t.household_key,
    t.basket_id,
    t.day,
    t.product_id,
    t.store_id,
    cast(t.sales_value * 100 as bigint) as cents,
    coalesce(m.section, 'misc') as section
from transaction_data t
join product p on p.product_id = t.product_id
left join section_map m on m.commodity_desc = p.commodity_desc
where t.quantity > 0
    and t.sales_value > 0
    and t.day >= 101
    and t.day <= 708
    and p.commodity_desc is distinct from 'GASOLINE-REG UNLEADED'
    and p.sub_commodity_desc is distinct from 'GASOLINE-REG UNLEADED';

-- Rule 6.
delete from lines
where household_key in (select household_key from lines group by household_key having count(distinct day) = 1);

create macro dollars(amount) as cast(amount as decimal(18, 0)) * 0.01::decimal(3, 2);

create table daily_sales as
select
    day,
    dollars(sum(cents)) as sales_value,
    count(distinct basket_id) as baskets,
    count(distinct household_key) as households,
    count(*) as lines
from lines
group by day;

create table store_daily_sales as
select
    store_id,
    day,
    dollars(sum(cents)) as sales_value,
    count(distinct basket_id) as baskets,
    count(distinct household_key) as households,
    count(*) as lines
from lines
group by store_id, day;

create temp table spend_pivot as
pivot (select household_key, day, section, cents from lines)
on section in (
    'alcohol', 'beverages', 'concessions', 'dairy', 'drug', 'garden', 'grain_goods', 'grocery', 'home_family', 'junk_food', 'kitchen', 'meat', 'misc',
    'produce', 'seasonal')
using coalesce(sum(cents), 0)
group by household_key, day;

create table daily_household_spend as
select
    day,
    household_key,
    dollars(alcohol) as alcohol,
    dollars(beverages) as beverages,
    dollars(concessions) as concessions,
    dollars(dairy) as dairy,
    dollars(drug) as drug,
    dollars(garden) as garden,
    dollars(grain_goods) as grain_goods,
    dollars(grocery) as grocery,
    dollars(home_family) as home_family,
    dollars(junk_food) as junk_food,
    dollars(kitchen) as kitchen,
    dollars(meat) as meat,
    dollars(misc) as misc,
    dollars(produce) as produce,
    dollars(seasonal) as seasonal,
    dollars(alcohol + beverages + concessions + dairy + drug + garden + grain_goods + grocery + home_family + junk_food + kitchen + meat + misc
        + produce + seasonal) as total_sales
from spend_pivot;

create temp table totals as
select
    household_key,
    min(day) as first_day,
    max(day) as last_day,
    count(distinct basket_id) as baskets,
    sum(cents) as cents
from lines
group by household_key;

-- Quintile cuts by rank: the values at positions floor((n - 1) * k / 5), counted from 0.
create temp table ranked as
select
    household_key,
    cents,
    last_day,
    cast(baskets as double) / cast(last_day - first_day + 1 as double) as frequency,
    row_number() over (order by cents) - 1 as cents_rank,
    row_number() over (order by cast(baskets as double) / cast(last_day - first_day + 1 as double)) - 1 as frequency_rank,
    row_number() over (order by last_day) - 1 as last_day_rank,
    count(*) over () - 1 as top
from totals;

create temp table cuts as
select
    k,
    max(cents) filter (where cents_rank = (top * k) // 5) as cents,
    max(frequency) filter (where frequency_rank = (top * k) // 5) as frequency,
    max(last_day) filter (where last_day_rank = (top * k) // 5) as last_day
from ranked, range(1, 5) as ks(k)
group by k;

create temp table scores as
select
    r.household_key,
    1 + count(*) filter (where r.frequency > c.frequency) as f_score,
    1 + count(*) filter (where r.cents > c.cents) as m_score,
    1 + count(*) filter (where r.last_day > c.last_day) as r_score_relative,
    any_value(case when r.last_day <= 525 then 1 when r.last_day <= 615 then 2 when r.last_day <= 675 then 3 when r.last_day <= 700 then 4 else 5 end) as r_score
from ranked r, cuts c
group by r.household_key;

create temp table sizes as
select
    household_key,
    age_desc,
    income_desc,
    hh_comp_desc,
    case household_size_desc when '1' then 1 when '2' then 2 when '3' then 3 when '4' then 3 when '5+' then 3 end as size,
    hh_comp_desc in ('1 Adult Kids', '2 Adults Kids', '2 Adults No Kids', 'Single Female', 'Single Male') as composed
from hh_demographic;

create temp table flags as
select
    household_key,
    case when age_desc in ('45-54', '55-64', '65+') then true when age_desc in ('19-24', '25-34', '35-44') then false end as age_45_plus,
    case
        when income_desc in ('Under 15K', '15-24K', '25-34K', '35-49K') then false
        when regexp_matches(income_desc, '^(50-74|75-99|100-124|125-149|150-174|175-199|200-249)K$') or income_desc = '250K+' then true
    end as income_50k_plus,
    size as single_couple_family,
    case
        when (composed and hh_comp_desc like '%Adult% Kids' and hh_comp_desc not like '%No Kids') or size = 3 then true
        when composed and size is not null then false
    end as has_kids,
    case when (composed and hh_comp_desc like 'Single %') or size = 1 then true when composed and size is not null then false end as single,
    case when composed then hh_comp_desc = '2 Adults No Kids' end as couple
from sizes;

create table household_summary as
select
    t.household_key,
    f.age_45_plus,
    f.income_50k_plus,
    f.single_couple_family,
    f.has_kids,
    f.single,
    f.couple,
    t.first_day,
    t.last_day,
    t.baskets,
    s.r_score,
    s.f_score,
    s.m_score,
    s.r_score + s.f_score + s.m_score as rfm_score,
    case
        when s.r_score + s.f_score + s.m_score = 15 then 5
        when s.r_score + s.f_score + s.m_score >= 13 then 4
        when s.r_score + s.f_score + s.m_score >= 9 then 3
        when s.r_score + s.f_score + s.m_score >= 6 then 2
        else 1
    end as rfm_bin,
    d.* exclude (household_key),
    dollars(t.cents) as total_sales,
    s.r_score_relative,
    f.household_key is not null as has_demographics
from totals t
join scores s on s.household_key = t.household_key
join (
    select
        household_key, sum(alcohol) as alcohol, sum(beverages) as beverages, sum(concessions) as concessions, sum(dairy) as dairy, sum(drug) as drug,
        sum(garden) as garden, sum(grain_goods) as grain_goods, sum(grocery) as grocery, sum(home_family) as home_family, sum(junk_food) as junk_food,
        sum(kitchen) as kitchen, sum(meat) as meat, sum(misc) as misc, sum(produce) as produce, sum(seasonal) as seasonal
    from daily_household_spend
    group by household_key
) d on d.household_key = t.household_key
left join flags f on f.household_key = t.household_key;

create temp table listed as
select campaign, product_id from coupon group by campaign, product_id;

create table daily_campaign_sales as
select listed.campaign, lines.day, dollars(sum(lines.cents)) as sales_value
from listed
join lines on lines.product_id = listed.product_id
group by listed.campaign, lines.day;

-- Averages in millionths of a dollar, half up, in whole numbers throughout.
create macro average(cents, days) as
    case when days > 0
        then cast((cast(cents as hugeint) * 10000) // days
            + case when 2 * ((cast(cents as hugeint) * 10000) % days) >= days then 1 else 0 end as decimal(18, 0)) * 0.000001::decimal(7, 6)
    end;

create table campaign_summary as
with period as (
    select min(day) as low, max(day) as high from daily_sales
),
measured as (
    select
        c.campaign,
        c.description,
        c.start_day,
        c.end_day,
        (select count(*) from listed where listed.campaign = c.campaign) as listed_products,
        coalesce(sum(s.sales_value * 100) filter (where s.day < c.start_day), 0) as before_cents,
        coalesce(sum(s.sales_value * 100) filter (where s.day >= c.start_day and s.day <= c.end_day), 0) as during_cents,
        coalesce(sum(s.sales_value * 100) filter (where s.day > c.end_day), 0) as after_cents
    from campaign_desc c
    left join daily_campaign_sales s on s.campaign = c.campaign
    group by c.campaign, c.description, c.start_day, c.end_day
),
counted as (
    select
        m.*,
        (select count(*) from range(p.low, p.high + 1) as r(d) where d < m.start_day) as days_before,
        (select count(*) from range(p.low, p.high + 1) as r(d) where d >= m.start_day and d <= m.end_day) as days_during,
        (select count(*) from range(p.low, p.high + 1) as r(d) where d > m.end_day) as days_after
    from measured m, period p
)
select
    campaign,
    description,
    start_day as first_day,
    end_day as last_day,
    end_day - start_day + 1 as duration,
    listed_products,
    dollars(before_cents) as sales_before,
    dollars(during_cents) as sales_during,
    dollars(after_cents) as sales_after,
    dollars(before_cents + during_cents + after_cents) as sales_total,
    days_before,
    days_during,
    days_after,
    days_before + days_during + days_after as days_total,
    average(before_cents, days_before) as avg_before,
    average(during_cents, days_during) as avg_during,
    average(after_cents, days_after) as avg_after,
    average(before_cents + during_cents + after_cents, days_before + days_during + days_after) as avg_total
from counted;

-- Rows that point at nothing in another data set. All eight are loaded here.
create temp table dangling as
select 1 as reference, cast(product_id as varchar) as key, load from transaction_data t
where not exists (select 1 from product p where p.product_id = t.product_id)
union all
select 2, cast(household_key as varchar), load from hh_demographic where household_key not in (select household_key from transaction_data)
union all
select 3, cast(household_key as varchar), load from campaign_table where household_key not in (select household_key from transaction_data)
union all
select 4, cast(campaign as varchar), load from campaign_table where campaign not in (select campaign from campaign_desc)
union all
select 5, cast(product_id as varchar), load from coupon where product_id not in (select product_id from product)
union all
select 6, cast(campaign as varchar), load from coupon where campaign not in (select campaign from campaign_desc)
union all
select 7, coupon_upc || ', ' || campaign, load from coupon_redempt r
where not exists (select 1 from coupon c where c.coupon_upc = r.coupon_upc and c.campaign = r.campaign)
union all
select 8, cast(campaign as varchar), load from coupon_redempt where campaign not in (select campaign from campaign_desc)
union all
select 9, household_key || ', ' || campaign, load from coupon_redempt r
where not exists (select 1 from campaign_table t where t.household_key = r.household_key and t.campaign = r.campaign)
union all
select 10, cast(household_key as varchar), load from coupon_redempt where household_key not in (select household_key from transaction_data)
union all
select 11, cast(product_id as varchar), load from causal_data c
where not exists (select 1 from product p where p.product_id = c.product_id);

create temp table dangling_keys as
select reference, key, count(*) as rows, row_number() over (partition by reference order by count(*) desc, key) as place
from dangling
group by reference, key;

create table orphans as
select
    k.reference,
    k.dataset,
    k.column_names,
    k.target,
    true as is_target_loaded,
    (select count(*) from dangling d where d.reference = k.reference) as rows,
    (select count(*) from dangling_keys d where d.reference = k.reference) as keys,
    coalesce(
        (select '[' || string_agg(cast(json_object('key', d.key, 'rows', d.rows) as varchar), ',' order by d.place) || ']'
            from dangling_keys d where d.reference = k.reference and d.place <= 10),
        '[]') as examples,
    coalesce(
        (select '[' || string_agg(cast(json_object('loadId', l.load, 'rows', l.rows) as varchar), ',' order by l.load) || ']'
            from (select reference, load, count(*) as rows from dangling group by reference, load) l where l.reference = k.reference),
        '[]') as loads
from (values
    (1, 'transaction_data', 'PRODUCT_ID', 'product'),
    (2, 'hh_demographic', 'household_key', 'transaction_data'),
    (3, 'campaign_table', 'household_key', 'transaction_data'),
    (4, 'campaign_table', 'CAMPAIGN', 'campaign_desc'),
    (5, 'coupon', 'PRODUCT_ID', 'product'),
    (6, 'coupon', 'CAMPAIGN', 'campaign_desc'),
    (7, 'coupon_redempt', 'COUPON_UPC, CAMPAIGN', 'coupon'),
    (8, 'coupon_redempt', 'CAMPAIGN', 'campaign_desc'),
    (9, 'coupon_redempt', 'household_key, CAMPAIGN', 'campaign_table'),
    (10, 'coupon_redempt', 'household_key', 'transaction_data'),
    (11, 'causal_data', 'PRODUCT_ID', 'product')) as k(reference, dataset, column_names, target);
