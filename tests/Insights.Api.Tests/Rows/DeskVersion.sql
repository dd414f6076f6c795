-- The tables of the retail desk as the worker made them, five times with other keys: with equal values, so that orders have ties, and with nulls where a column may have them.
-- Texts of keys have characters in them that mean something in a cursor.
begin;
set local role transformer;
do $$
declare
    desk record;
begin
    for desk in select * from (values
        ('sales_daily', $c$ 'day', t.day + 7 * g, 'sales_value', t.sales_value * (1 + g % 3) $c$),
        ('sales_weekly', $c$ 'week_no', t.week_no + 100 * g, 'sales_value', t.sales_value * (1 + g % 3), 'like_for_like', case when g in (1, 3) then null else (g - 2) * 0.25 end $c$),
        ('sales_by_hour', $c$ 'hour', t.hour + g, 'baskets', 7 $c$),
        ('basket_profile', $c$ 'position', t.position + 1000 * g $c$),
        ('excluded_sales', $c$ 'day', t.day + 500 * g, 'share_of_sales', case when g = 2 then null else t.share_of_sales end $c$),
        ('product_summary', $c$ 'product_id', t.product_id + 100 * g, 'sales_value', t.sales_value * (1 + g % 3), 'manufacturer', t.manufacturer + g % 2, 'penetration', 0.125 * (g % 2) $c$),
        ('product_weekly', $c$ 'week_no', t.week_no + 100 * g, 'units', t.units * (g % 2), 'display_stores', case when g = 1 then null else g end $c$),
        ('department_summary', $c$ 'department', t.department || case when g = 0 then '' else ' | ' || g end, 'discount_share', case when g = 2 then null else g % 2 end $c$),
        ('private_label_share', $c$ 'commodity_desc', t.commodity_desc || case when g = 0 then '' else '~''%7C&' || g end, 'share_of_sales', 0.5 * (g % 2) $c$),
        ('store_weekly', $c$ 'week_no', t.week_no + 100 * g, 'like_for_like', case when g in (1, 3) then null else (g - 2) * 0.25 end $c$),
        ('store_summary', $c$ 'store_id', t.store_id + 10 * g, 'products', 3 + g % 2 $c$),
        ('household_segments', $c$ 'household_key', t.household_key + 10 * g, 'sales_value', t.sales_value + g % 2 $c$),
        ('segment_summary', $c$ 'quarters_ago', t.quarters_ago + 20 * g, 'share_of_sales', case when g = 2 then null else t.share_of_sales end $c$),
        ('segment_migration', $c$ 'quarters_ago', t.quarters_ago + 20 * g, 'households', t.households + g $c$),
        ('cohort_retention', $c$ 'cohort', t.cohort + 50 * g, 'retention', 0.25 * (g % 2) $c$),
        ('basket_affinity', $c$ 'left_item', t.left_item || repeat('|', g), 'baskets', 1 + g % 2, 'lift', 1.5 + g % 3, 'is_significant', g > 2 $c$),
        ('campaign_performance', $c$ 'campaign', t.campaign + g, 'description', case when g < 2 then 'TypeA' else 'TypeC' end, 'difference', case when g in (1, 3) then null else 0.5 - g end $c$),
        ('search_entries', $c$ 'key', t.key || case when g = 0 or t.kind in ('commodity', 'department') then repeat('_', g) else g::text end, 'sales_value', t.sales_value + g $c$),
        ('search_words', $c$ 'text', t.text || case when g = 0 then '' else ' copy ' || g end $c$),
        ('coupon_performance', $c$ 'campaign', t.campaign + g, 'redemption_rate', case when g = 2 then null else 0.25 end $c$)
    ) as desk (name, changes)
    loop
        execute format('create table {schema}.%1$I (like made.%1$I including all)', desk.name);
        execute format(
            'insert into {schema}.%1$I select (jsonb_populate_record(t, jsonb_build_object(%2$s))).* from made.%1$I as t cross join generate_series(0, 4) as g', desk.name, desk.changes);
        execute format(
            'insert into insights.version_tables select {version}, %1$L, 50, (select count(*) from {schema}.%1$I), ''row'', array_agg(attname::text order by attnum)
             from pg_attribute where attrelid = ''{schema}.%1$I''::regclass and attnum > 0', desk.name);
    end loop;
end $$;
commit;
