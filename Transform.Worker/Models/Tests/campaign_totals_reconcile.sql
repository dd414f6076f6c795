-- A campaign's periods add up to its total, and the total to its daily sales; its days add up to the days of the data.
select campaign, sales_total, days_total
from campaign_summary
left join (select campaign, sum(sales_value) as daily from daily_campaign_sales group by campaign) using (campaign)
where sales_before + sales_during + sales_after <> sales_total
    or sales_total <> coalesce(daily, 0)
    or (first_day <= last_day and days_before + days_during + days_after <> days_total)
