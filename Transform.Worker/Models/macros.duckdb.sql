-- What several models share.

-- The fifteen sections. Numbers inside, so that millions of lines are grouped without comparing texts.
create type section_name as enum (
    'alcohol', 'beverages', 'concessions', 'dairy', 'drug', 'garden', 'grain_goods', 'grocery',
    'home_family', 'junk_food', 'kitchen', 'meat', 'misc', 'produce', 'seasonal');

-- Quintile of x, given the four cut values of its column: 1 + how many of them it exceeds. Equal values never split, unlike ntile.
create macro quintile(x, cuts) as 1 + len(list_filter(cuts, cut -> x > cut));

-- The cut values of a sorted list of n: its elements floor((n - 1) * k / 5), k = 1..4, counted from 0 (DuckDB counts from 1).
create macro quintile_cuts(sorted) as list_transform([1, 2, 3, 4], k -> sorted[1 + ((len(sorted) - 1) * k) // 5]);

-- The first of the cleaning rules 1 to 4 that leaves a line out; null when none does. A product without section is not known.
create macro left_out_by(quantity, sales_value, day, section, is_excluded, first_day, last_day) as
    case
        when quantity <= 0 or sales_value <= 0 then 'zero'
        when day not between first_day and last_day then 'outside_days'
        when section is null then 'unknown_product'
        when is_excluded then 'excluded_commodity'
    end;

-- Sums of money are decimal(18, 2). That is enough for a billion lines of 9,999,999.99, the most that one line may have: 9,999,999,990,000,000.00.
-- Averages have six decimals more and need 24 digits.

-- Sales per day, six decimals, half up; null without days. In whole cents, because decimal division becomes floating point.
create macro per_day(sales, days) as
    case when days > 0
        then (((((sales::decimal(28, 2) * 100)::hugeint * 20000 + days) // (2 * days))::decimal(24, 0)) * 0.000001)::decimal(24, 6)
    end;

-- part / whole with six decimals, half away from zero; null where whole is not above 0. In whole hundredths for the same reason, and in 64 bits where they
-- are enough, since division takes several times as long in 128.
create macro ratio(part, whole) as
    case
        when whole > 0 and whole < 10000000000 and abs(part) < 10000000000
            then (sign(part) * (((abs(part)::decimal(18, 2) * 100)::bigint * 2000000 + (whole::decimal(18, 2) * 100)::bigint)
                // (2 * (whole::decimal(18, 2) * 100)::bigint)))::decimal(24, 0) * 0.000001
        when whole > 0
            then (sign(part) * (((abs(part)::decimal(28, 2) * 100)::hugeint * 2000000 + (whole::decimal(28, 2) * 100)::hugeint)
                // (2 * (whole::decimal(28, 2) * 100)::hugeint)))::decimal(24, 0) * 0.000001
    end::decimal(24, 6);

-- Text of product.csv as a key has it, which is never null.
create macro named(text) as coalesce(text, '(none)');

-- How many DAYs from first to last lie in the data; none without data. greatest and least pass over nulls.
create macro days_between(first_day, last_day, data_first_day, data_last_day) as
    case
        when data_first_day is null then 0
        else greatest(0, least(last_day, data_last_day) - greatest(first_day, data_first_day) + 1)
    end::integer;

-- The words of a text, each once: letters and digits, in small letters.
create macro words_of(text) as list_distinct(list_filter(regexp_split_to_array(lower(text), '[^\p{L}\p{Nd}]+'), word -> word <> ''));
