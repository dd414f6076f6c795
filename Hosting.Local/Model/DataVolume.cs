using Aspire.Hosting.ApplicationModel;

namespace Dunnhumby.Hosting.Local.Model;

internal static class DataVolume
{
    public static VolumeAnnotation Create(IResource resource, string? name, bool isReadOnly)
    {
        if (isReadOnly)
        {
            throw new ArgumentException($"'{resource.Name}' cannot run on data that it may not write.", nameof(isReadOnly));
        }

        var volume = name ?? $"{resource.Name}-data";
        return volume.Length > 0 && volume.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.') && !volume.StartsWith('.')
            ? new VolumeAnnotation(volume)
            : throw new ArgumentException($"'{volume}' cannot be the name of a volume.", nameof(name));
    }
}
