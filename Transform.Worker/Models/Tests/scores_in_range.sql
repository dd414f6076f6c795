-- Scores are 1 to 5, complete, and add up.
-- stops: household_summary
select household_key, r_score, f_score, m_score, rfm_score, rfm_bin, r_score_relative
from household_summary
where not coalesce(
    r_score between 1 and 5
        and f_score between 1 and 5
        and m_score between 1 and 5
        and r_score_relative between 1 and 5
        and rfm_bin between 1 and 5
        and rfm_score = r_score + f_score + m_score,
    false)
