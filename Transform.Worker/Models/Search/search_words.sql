/* ---
description: >-
  The words of the different texts of search_entries, in small letters. Many products have one text, and there are a few hundred words: a search compares words, adds up what fits by text,
  and then takes the entries that have the texts.
grain: one row per kind, text and word
key: [kind, text, word]
published: true
place: 61
schedule: 0 15 3 * * ?
indexes:
  - using gin (word insights.gin_trgm_ops)
owner: transform
columns:
  kind:
    description: The kind of the text's entries.
  text:
    description: The text.
  word:
    description: "One of its words: letters and digits, in small letters."
  text_words:
    description: Words of the text, each counted once.
    unit: words
  sales_value:
    description: Cleaned sales of the entries that have the text.
    unit: dollars
--- */
with texts as (
    select kind, text, words_of(text) as words, sum(sales_value)::decimal(18, 2) as sales_value
    from search_entries
    group by kind, text
)
select kind, text, unnest(words) as word, len(words)::integer as text_words, sales_value
from texts
