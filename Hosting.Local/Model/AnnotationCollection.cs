using System.Collections.ObjectModel;

namespace Dunnhumby.Hosting.Local.Model;

/// <summary>What the model says about a resource, in the order it was said.</summary>
internal sealed class AnnotationCollection : Collection<IAnnotation>
{
    public T? Last<T>()
        where T : class, IAnnotation => this.OfType<T>().LastOrDefault();
}
