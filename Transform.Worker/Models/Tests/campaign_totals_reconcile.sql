-- A campaign's periods add up to its total, and the total to its daily sales; its days add up to the days of the data.
-- stops: campaign_summary
-- inputs: daily_campaign_sales
select campaign, sales_total, days_total
from campaign_summary
left join (select campaign, sum(sales_value) as daily from daily_campaign_sales group by campaign) using (campaign)
where sales_before + sales_during + sales_after <> sales_total
    or sales_total <> coalesce(daily, 0)
    or days_before + days_during + days_after <> days_total
