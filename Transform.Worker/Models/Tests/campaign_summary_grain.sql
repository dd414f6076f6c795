-- The key of campaign_summary is unique and without nulls.
-- stops: campaign_summary
select campaign, count(*) as rows
from campaign_summary
group by campaign
having count(*) > 1 or campaign is null
