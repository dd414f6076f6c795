/* ---
description: The type of a campaign is that of campaign_desc; campaign_table repeats it.
notice: Rows of campaign_table.csv that give a campaign another type than campaign_desc.csv does. The type of campaign_desc.csv is shown.
--- */
select campaign, campaign_table.household_key
from campaign_table
join campaign_desc using (campaign)
where campaign_table.description <> campaign_desc.description
