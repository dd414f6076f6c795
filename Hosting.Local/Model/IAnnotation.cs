using System.Diagnostics.CodeAnalysis;

namespace Dunnhumby.Hosting.Local.Model;

/// <summary>Something the model says about a resource.</summary>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "It types a collection whose members are found by their own types.")]
internal interface IAnnotation;
