namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that can be written as an expression, such as <c>{postgres.bindings.tcp.port}</c>.</summary>
public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}
