using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Lines;

/// <summary>What every list of lines takes.</summary>
// Public because the generator behind AddValidation() passes over internal types, and then nothing would be checked.
public abstract record LineRequest
{
    private const int DefaultLimit = 100;

    [Description("The next of the page before. It is of one version: ask with the same version.")]
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [Description("How many lines a page has at most: 1 to 10,000, 100 when left out.")]
    [FromQuery(Name = "limit")]
    [Range(1, 10_000, ErrorMessage = "limit takes a whole number from 1 to 10000.")]
    public int? Limit { get; init; }

    internal int PageSize => Limit ?? DefaultLimit;
}

/// <summary>What lists of transaction lines take.</summary>
public abstract record TransactionLineRequest : LineRequest
{
    [Description("Keep this DAY.")]
    [FromQuery(Name = "day")]
    [Range(1, int.MaxValue, ErrorMessage = "day takes a DAY of the files: a whole number from 1.")]
    public int? Day { get; init; }

    [Description("Keep this basket, by BASKET_ID of the files.")]
    [FromQuery(Name = "basket")]
    public long? Basket { get; init; }
}

/// <summary>The query of <c>GET /households/{householdKey}/lines</c>.</summary>
public sealed record HouseholdLineRequest : TransactionLineRequest
{
    [Description("Keep this store, by STORE_ID of the files.")]
    [FromQuery(Name = "store")]
    public int? Store { get; init; }

    [Description("Keep this product, by PRODUCT_ID of the files.")]
    [FromQuery(Name = "product")]
    public int? Product { get; init; }
}

/// <summary>The query of <c>GET /stores/{store}/lines</c>.</summary>
public sealed record StoreLineRequest : TransactionLineRequest
{
    [Description("Keep this household, by household_key of the files.")]
    [FromQuery(Name = "household")]
    public int? Household { get; init; }

    [Description("Keep this product, by PRODUCT_ID of the files.")]
    [FromQuery(Name = "product")]
    public int? Product { get; init; }
}

/// <summary>The query of <c>GET /products/{product}/lines</c>.</summary>
public sealed record ProductLineRequest : TransactionLineRequest
{
    [Description("Keep this household, by household_key of the files.")]
    [FromQuery(Name = "household")]
    public int? Household { get; init; }

    [Description("Keep this store, by STORE_ID of the files.")]
    [FromQuery(Name = "store")]
    public int? Store { get; init; }
}

/// <summary>The query of <c>GET /campaigns/{campaign}/lines</c>.</summary>
public sealed record CampaignLineRequest : LineRequest
{
    [Description("Keep this data set: campaign_desc, campaign_table, coupon or coupon_redempt.")]
    [FromQuery(Name = "dataset")]
    [AllowedValues("campaign_desc", "campaign_table", "coupon", "coupon_redempt", null, ErrorMessage = "dataset takes one of campaign_desc, campaign_table, coupon, coupon_redempt.")]
    public string? Dataset { get; init; }
}

/// <summary>The query of <c>GET /households/{householdKey}/baskets</c>.</summary>
public sealed record HouseholdBasketRequest : LineRequest
{
    [Description("Keep baskets of this store, by STORE_ID of the files.")]
    [FromQuery(Name = "store")]
    public int? Store { get; init; }

    [Description("Keep this DAY and later ones.")]
    [FromQuery(Name = "from")]
    [Range(1, int.MaxValue, ErrorMessage = "from takes a DAY of the files: a whole number from 1.")]
    public int? From { get; init; }

    [Description("Keep this DAY and earlier ones.")]
    [FromQuery(Name = "to")]
    [Range(1, int.MaxValue, ErrorMessage = "to takes a DAY of the files: a whole number from 1.")]
    public int? To { get; init; }
}

/// <summary>The query of <c>GET /baskets/{basketId}</c>.</summary>
public sealed record BasketRequest : LineRequest;

/// <summary>Where a page ended: how many lines of which version came before. Clients see it as an opaque text.</summary>
internal sealed record LineCursor(int Version, long Offset)
{
    private const char Separator = '|';

    internal string Encode() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version}{Separator}{Offset}")));

    /// <summary>False when the text is not a cursor.</summary>
    internal static bool TryDecode(string text, out LineCursor? cursor)
    {
        cursor = null;
        if (text.Length <= 128 && Base64Url.IsValid(text)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator) is [var version, var offset]
            && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var lines))
        {
            cursor = new LineCursor(number, lines);
        }

        return cursor is not null;
    }
}
