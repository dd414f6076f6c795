using Dunnhumby.Hosting.Local.Model;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: a project, a server, a database, a parameter.</summary>
public interface IResource
{
    /// <summary>Unique in the application; letters, digits and hyphens.</summary>
    string Name { get; }

    internal AnnotationCollection Annotations { get; }
}
