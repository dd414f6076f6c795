/* ---
description: What is not known of campaigns, for readers of the version.
grain: one row per notice
notices: true
owner: transform
--- */
with campaigns as (
    select
        count(*) filter (product_sections.product_id is null) as unknown_products,
        count(distinct listed_products.campaign) filter (campaign_desc.campaign is null) as undescribed
    from listed_products
    left join product_sections using (product_id)
    left join campaign_desc using (campaign)
)
select unnest([
    {ordinal: 13, code: 'listed_products_unknown', count: unknown_products,
        message: 'Products listed by a campaign''s coupons that product.csv does not have.'},
    {ordinal: 14, code: 'campaigns_undescribed', count: undescribed,
        message: 'Campaigns with coupons that campaign_desc.csv does not have: no summary, daily sales only.'}
], recursive := true)
from campaigns
