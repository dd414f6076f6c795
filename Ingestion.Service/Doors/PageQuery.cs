using System.Buffers.Binary;
using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Which page of a list.</summary>
/// <param name="After">The <c>next</c> of the page before.</param>
/// <param name="Limit">At most this many.</param>
internal sealed record PageQuery(
    [property: FromQuery(Name = "after"), Description("The next of the page before.")] string? After,
    [property: FromQuery(Name = "limit"), Range(1, PageQuery.MaxLimit), Description("How many at most, 1 to 200; 50 when not given.")] int? Limit)
{
    internal const int MaxLimit = 200;
    private const int DefaultLimit = 50;

    internal int Size => Limit ?? DefaultLimit;

    /// <summary>What is wrong with the query, if anything; otherwise the position after which the page begins.</summary>
    internal ProblemHttpResult? Check(out long? after)
    {
        if (!Cursor.TryRead(After, out after))
        {
            return InvalidCursor();
        }

        return Size is >= 1 and <= MaxLimit ? null : TypedResults.Problem(
            type: ProblemTypes.Of("invalid-limit"),
            title: "The limit is out of range",
            detail: $"Give limit as a whole number from 1 to {MaxLimit}.",
            statusCode: StatusCodes.Status400BadRequest);
    }

    private static ProblemHttpResult InvalidCursor() => TypedResults.Problem(
        type: ProblemTypes.Of("invalid-cursor"),
        title: "The page is not known",
        detail: "Give after the next of the page before, or leave it out for the first page.",
        statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>The opaque position in a keyset-paged list: one number.</summary>
internal static class Cursor
{
    internal static string Of(long position)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, position);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False when it is not one of ours.</summary>
    internal static bool TryRead(string? cursor, out long? position)
    {
        position = null;
        if (cursor is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        if (!Base64Url.IsValid(cursor, out var length) || length != sizeof(long) || !Base64Url.TryDecodeFromChars(cursor, bytes, out _))
        {
            return false;
        }

        position = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return true;
    }
}
