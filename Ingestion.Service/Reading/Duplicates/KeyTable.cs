using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

/// <summary>
/// Keys of 128 bits, each with what it said first, in an open table outside the collector's heap: a slot takes 16 bytes, or 32 with content, and
/// <see cref="SafeHandle.Dispose()"/> gives everything back at once. The collector's own sets take twice as much, and keep it until a full collection.
/// </summary>
internal sealed unsafe class KeyTable : SafeHandle
{
    private const int FirstSlots = 1_024;

    // Probing stays short up to here; when the table has its final size, it gets fuller by a few percent.
    private const double Fullest = 0.85;
    private const double FullestAtTheEnd = 0.9;

    private readonly int _maxKeys;
    private readonly int _finalSlots;
    private readonly bool _hasContent;

    // Senders do not know it, so nobody can choose keys that collide.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    private int _slots = FirstSlots;
    private int _used;

    // An empty slot is zero: the key zero is kept here.
    private UInt128? _zero;

    /// <param name="maxKeys">More keys are not taken.</param>
    /// <param name="hasContent">Whether a key is kept with its content, or alone.</param>
    internal KeyTable(int maxKeys, bool hasContent)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        (_maxKeys, _finalSlots, _hasContent) = (maxKeys, (int)(maxKeys / FullestAtTheEnd) + 1, hasContent);
        SetHandle(Allocate(_slots));
    }

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    private int Stride => _hasContent ? 2 : 1;

    /// <summary>Compares a row with what its key said first, and remembers it when the key is new.</summary>
    internal Verdict Judge(UInt128 key, UInt128 content)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (key == 0)
        {
            return JudgeZero(content);
        }

        var slot = Find((UInt128*)handle, _slots, key);
        if (*slot == key)
        {
            return !_hasContent || slot[1] == content ? Verdict.Repeat : Verdict.Conflict;
        }

        if (Count == _maxKeys)
        {
            return Verdict.NoRoom;
        }

        if (_slots < _finalSlots && _used >= _slots * Fullest)
        {
            Grow();
            slot = Find((UInt128*)handle, _slots, key);
        }

        _used++;
        slot[0] = key;
        if (_hasContent)
        {
            slot[1] = content;
        }

        return Verdict.New;
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }

    private int Count => _used + (_zero is null ? 0 : 1);

    private Verdict JudgeZero(UInt128 content)
    {
        if (_zero is { } earlier)
        {
            return !_hasContent || earlier == content ? Verdict.Repeat : Verdict.Conflict;
        }

        if (Count == _maxKeys)
        {
            return Verdict.NoRoom;
        }

        _zero = content;
        return Verdict.New;
    }

    /// <summary>The slot with the key, or the free one where it belongs.</summary>
    private UInt128* Find(UInt128* table, int slots, UInt128 key)
    {
        var hash = XxHash3.HashToUInt64(new ReadOnlySpan<byte>(&key, sizeof(UInt128)), _seed);
        var at = (long)Math.BigMul(hash, (ulong)slots, out _);
        while (true)
        {
            var slot = table + (at * Stride);
            if (*slot == key || *slot == 0)
            {
                return slot;
            }

            at = at + 1 == slots ? 0 : at + 1;
        }
    }

    /// <summary>To twice the slots; to the final number when that would be reached soon after.</summary>
    private void Grow()
    {
        var larger = _slots * 2L > _finalSlots * 0.6 ? _finalSlots : _slots * 2;
        var from = (UInt128*)handle;
        var to = (UInt128*)Allocate(larger);
        for (var slot = from; slot < from + ((long)_slots * Stride); slot += Stride)
        {
            if (*slot != 0)
            {
                new ReadOnlySpan<UInt128>(slot, Stride).CopyTo(new Span<UInt128>(Find(to, larger, *slot), Stride));
            }
        }

        NativeMemory.Free(from);
        SetHandle((nint)to);
        _slots = larger;
    }

    private nint Allocate(int slots) => (nint)NativeMemory.AllocZeroed((nuint)slots, (nuint)(Stride * sizeof(UInt128)));
}
