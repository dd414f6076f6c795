-- The key of daily_campaign_sales is unique and without nulls.
-- stops: daily_campaign_sales
select campaign, day, count(*) as rows
from daily_campaign_sales
group by campaign, day
having count(*) > 1 or campaign is null or day is null
