using Dunnhumby.Dashboard.Web.Formatting;

namespace Dunnhumby.Dashboard.Web.Tests.Formatting;

public sealed class VisibleTextTests
{
    [Fact]
    public void Parts_BidiAndControl_AreWrittenOut() => VisibleText.Parts("abc\u202Egnp.exe\0\t").ShouldBe(
        [new("abc", false), new("\\u202E", true), new("gnp.exe", false), new("\\u0000", true), new("\\t", true)]);

    [Fact]
    public void Parts_OrdinaryText_IsOnePiece() => VisibleText.Parts("<b>Müsli</b>, 🥛 1,20 €").ShouldBe([new("<b>Müsli</b>, 🥛 1,20 €", false)]);

    [Theory]
    [InlineData("\u200B", "\\u200B")] // Zero width space.
    [InlineData("\u2067", "\\u2067")] // Right-to-left isolate.
    [InlineData("\uFEFF", "\\uFEFF")] // Byte order mark.
    [InlineData("\uE000", "\\uE000")] // Private use.
    [InlineData("\U000E0041", "\\U000E0041")] // Tag letter.
    public void Parts_Invisible_IsWrittenOut(string text, string expected) => VisibleText.Parts(text).ShouldBe([new(expected, true)]);

    [Fact]
    public void Parts_HalfOfASurrogatePair_IsWrittenOut() => VisibleText.Parts("a\uD83Eb").ShouldBe([new("a", false), new("\\uD83E", true), new("b", false)]);

    [Fact]
    public void Parts_Nothing_IsNothing() => VisibleText.Parts("").ShouldBeEmpty();
}
