using System.ComponentModel.DataAnnotations;
using Dunnhumby.Contracts.Insights;

namespace Dunnhumby.Insights.Api.Rows;

/// <summary>A filter that takes one of the fifteen sections: a misspelt one is an error, not a list without rows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SectionAttribute() : AllowedValuesAttribute([null, .. Sections.All])
{
    public override string FormatErrorMessage(string name) => $"section takes one of {string.Join(", ", Sections.All)}.";
}
