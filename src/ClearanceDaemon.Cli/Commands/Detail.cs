using System.Globalization;
using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>One <c>--detail</c>: <c>name=text</c>, or <c>name:=true</c>, <c>name:=false</c>, <c>name:=42</c>.</summary>
internal readonly record struct Detail(string Name, object Value)
{
    private const string Help = "Write name=text, or name:=true, name:=false, name:=42 for a boolean or an integer.";

    public static Detail Parse(string text)
    {
        var equals = text.IndexOf('=');
        var typed = equals > 0 && text[equals - 1] == ':';
        var name = equals < 0 ? "" : text[..(typed ? equals - 1 : equals)];
        if (name.Length == 0)
        {
            throw new UsageException($"--detail {text}: it has no name. {Help}");
        }

        var value = text[(equals + 1)..];
        return new Detail(name, typed ? Typed(text, value) : value);
    }

    public void Write(LineBuffer json)
    {
        json.String(Encoding.UTF8.GetBytes(Name));
        json.Raw((byte)':');
        switch (Value)
        {
            case long number:
                json.Number(number);
                break;
            case bool flag:
                json.Raw(flag ? "true"u8 : "false"u8);
                break;
            default:
                json.String(Encoding.UTF8.GetBytes((string)Value));
                break;
        }
    }

    private static object Typed(string text, string value) => value switch
    {
        "true" => true,
        "false" => false,
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && Math.Abs((decimal)number) <= ProtocolLimits.DetailInteger
            && number.ToString(CultureInfo.InvariantCulture) == value => number,
        _ => throw new UsageException(
            $"--detail {text}: \"{value}\" is no boolean and no integer of at most {ProtocolLimits.DetailInteger}. {Help}"),
    };
}
