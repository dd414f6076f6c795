using Dunnhumby.Contracts.Paging;
using Dunnhumby.Insights.Api.Forms;
using Dunnhumby.ServiceDefaults.Problems;
using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Lists;

/// <summary>Lets endpoints whose answer is a list give its items as CSV and Parquet too, as <c>Accept</c> or the parameter <c>format</c> asks.</summary>
internal static class ListForms
{
    private static readonly SharedQueryParameter Parameter = new(
        TableFormats.Parameter, "The form of the answer, whatever Accept says. CSV and Parquet are of the items alone; the address of a next page is then in the header Link.")
    {
        Values = ["json", "csv", "parquet"],
    };

    /// <summary>The answer is the list.</summary>
    internal static RouteHandlerBuilder AnswersInForms<TItem>(this RouteHandlerBuilder endpoint) => endpoint.AnswersInForms<IReadOnlyList<TItem>, TItem>(items => items, _ => null);

    /// <summary>The answer is a page of the list.</summary>
    internal static RouteHandlerBuilder AnswersPagesInForms<TItem>(this RouteHandlerBuilder endpoint) => endpoint.AnswersInForms<Page<TItem>, TItem>(page => page.Items, page => page.Next);

    /// <summary>The answer has the list.</summary>
    /// <param name="endpoint">It answers with <typeparamref name="TAnswer"/>.</param>
    /// <param name="items">The list.</param>
    /// <param name="next">Where its next page begins; null when there is none.</param>
    /// <param name="columns">Its columns where these have names of their own.</param>
    internal static RouteHandlerBuilder AnswersInForms<TAnswer, TItem>(
        this RouteHandlerBuilder endpoint, Func<TAnswer, IReadOnlyList<TItem>> items, Func<TAnswer, string?> next, IReadOnlyList<ListColumn<TItem>>? columns = null) => endpoint
        .WithMetadata(Parameter)
        .Produces<TAnswer>(StatusCodes.Status200OK, TableFormats.MediaTypes[0], TableFormats.MediaTypes[1..])
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .AddEndpointFilter(async (context, handler) =>
        {
            var request = context.HttpContext.Request;
            string? named = request.Query[Parameter.Name];
            if (named is not null && !Parameter.Values.Contains(named, StringComparer.Ordinal))
            {
                return TypedResults.Problem(ParameterProblems.Bad(Parameter.Name, TableFormats.Taken));
            }

            var result = await handler(context);
            return request.ChosenTableFormat(named) is var format and not TableFormat.Json && Answered(result) is Ok<TAnswer> { Value: { } answer }
                ? new ListResult(ListTable.Of(items(answer), columns), format, next(answer))
                : result;
        });

    private static object? Answered(object? result) => result is INestedHttpResult nested ? Answered(nested.Result) : result;
}
