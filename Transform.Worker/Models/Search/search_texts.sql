/* ---
description: >-
  The different texts of search_entries. There are a few thousand, and many products have the same: a search compares texts, and then takes the entries that have them.
grain: one row per kind and text
key: [kind, text]
published: true
place: 61
schedule: 0 15 3 * * ?
indexes:
  - using gin (text insights.gin_trgm_ops)
owner: transform
columns:
  kind:
    description: The kind of its entries.
  text:
    description: The text.
  entries:
    description: Entries that have it.
    unit: entries
  sales_value:
    description: Cleaned sales of these entries.
    unit: dollars
--- */
select kind, text, count(*)::integer as entries, sum(sales_value)::decimal(18, 2) as sales_value
from search_entries
group by kind, text
