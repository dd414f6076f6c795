/* ---
description: Such rows are refused today; loads from before may have them.
notice: "Campaigns whose END_DAY is before their START_DAY have no summary: withdraw their load, or upload them mended."
--- */
select campaign
from campaign_desc
where end_day < start_day
