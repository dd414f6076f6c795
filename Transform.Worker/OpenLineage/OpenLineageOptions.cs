using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Transform.Worker.OpenLineage;

/// <summary>Who is told of runs, from the section <c>Transform</c>.</summary>
internal sealed class OpenLineageOptions : IValidatableObject
{
    /// <summary>Where events go as POST, for example <c>http://marquez:5000/api/v1/lineage</c>; empty for nowhere.</summary>
    public string OpenLineageUrl { get; set; } = "";

    /// <summary>Sent as bearer token; empty for none.</summary>
    public string OpenLineageApiKey { get; set; } = "";

    /// <summary>The namespace of jobs, and of tables that only this worker sees.</summary>
    [Required]
    public string OpenLineageNamespace { get; set; } = "dunnhumby";

    internal bool IsOn => OpenLineageUrl.Length > 0;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && !(Uri.TryCreate(OpenLineageUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return new ValidationResult(
                "Transform:OpenLineageUrl takes the whole address that events are sent to, for example http://marquez:5000/api/v1/lineage, or nothing.", [nameof(OpenLineageUrl)]);
        }
    }
}
