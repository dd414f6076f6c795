using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.TestSupport.Samples;

/// <summary>
/// Eight files small enough to compute every figure by hand. Household 1 buys butter 2.50 and beef 10.00 on day 200 and apples 3.25 on day 230;
/// household 2 buys beef 5.00 on day 200 and a candle of no known section 1.25 on day 400, plus a line of value 0 that cleaning removes;
/// household 3 comes on one day only (7.00) and is left out. Campaign 1 (days 220–240) lists beef and apples.
/// </summary>
public static class SmallJourney
{
    /// <summary>15.75 of household 1 and 6.25 of household 2.</summary>
    public const decimal TotalSales = 22.00m;

    /// <summary>The contents of the eight files by data set name.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [DatasetNames.Transactions] =
            """
            household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE,STORE_ID,RETAIL_DISC,TRANS_TIME,WEEK_NO,COUPON_DISC,COUPON_MATCH_DISC
            1,27000000001,200,11,1,2.5,300,-0.5,930,29,0,0
            1,27000000001,200,12,2,10,300,0,930,29,-1,0
            1,27000000002,230,13,1,3.25,300,0,1215,33,0,0
            2,27000000003,200,12,1,5,301,0,1805,29,0,0
            2,27000000004,400,14,1,1.25,301,0,1959,58,0,0
            2,27000000004,400,11,1,0,301,-2.5,1959,58,0,0
            3,27000000005,300,12,1,7,301,0,0,43,0,0

            """,
        [DatasetNames.Products] =
            """
            PRODUCT_ID,MANUFACTURER,DEPARTMENT,BRAND,COMMODITY_DESC,SUB_COMMODITY_DESC,CURR_SIZE_OF_PRODUCT
            11,69,GROCERY,Private,BUTTER,BUTTER,1 LB
            12,2,MEAT,National,BEEF,CHOICE BEEF, 
            13,2,PRODUCE,National,APPLES,APPLES GALA,
            14,1040,GROCERY,National,SOMETHING NOBODY MAPPED,CANDLE,

            """,
        [DatasetNames.Demographics] =
            """
            AGE_DESC,MARITAL_STATUS_CODE,INCOME_DESC,HOMEOWNER_DESC,HH_COMP_DESC,HOUSEHOLD_SIZE_DESC,KID_CATEGORY_DESC,household_key
            45-54,A,50-74K,Homeowner,2 Adults Kids,3,1,1

            """,
        [DatasetNames.Campaigns] =
            """
            DESCRIPTION,CAMPAIGN,START_DAY,END_DAY
            TypeA,1,220,240

            """,
        [DatasetNames.CampaignHouseholds] =
            """
            DESCRIPTION,household_key,CAMPAIGN
            TypeA,1,1

            """,
        [DatasetNames.Coupons] =
            """
            COUPON_UPC,PRODUCT_ID,CAMPAIGN
            51111122222,12,1
            51111133333,12,1
            51111133333,13,1

            """,
        [DatasetNames.CouponRedemptions] =
            """
            household_key,DAY,COUPON_UPC,CAMPAIGN
            1,230,51111133333,1

            """,
        [DatasetNames.Causal] =
            """
            PRODUCT_ID,STORE_ID,WEEK_NO,display,mailer
            12,300,29,0,A
            13,300,33,5,0

            """,
    };
}
