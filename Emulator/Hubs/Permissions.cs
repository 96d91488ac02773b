namespace Emulator.Hubs;

/// <summary>What a role permits.</summary>
internal enum GroupRight
{
    JoinLeave,
    Send,
}

/// <summary>A connection's rights, from its token, the <c>connect</c> answer and REST grants together.</summary>
/// <remarks>Safe for many threads.</remarks>
internal sealed class Permissions
{
    private readonly Lock _lock = new();
    private readonly Grants _joinLeave = new();
    private readonly Grants _send = new();

    /// <summary>Adds the rights of role strings; those that the service doesn't know are ignored.</summary>
    public void AddRoles(IEnumerable<string> roles)
    {
        lock (_lock)
        {
            foreach (var role in roles)
            {
                if (!_joinLeave.TryAddRole(role, "webpubsub.joinLeaveGroup"))
                {
                    _send.TryAddRole(role, "webpubsub.sendToGroup");
                }
            }
        }
    }

    public bool Allows(GroupRight right, string group)
    {
        lock (_lock)
        {
            return Of(right).Allow(group);
        }
    }

    public void Grant(GroupRight right, string group)
    {
        lock (_lock)
        {
            (Of(right).Groups ??= new(StringComparer.Ordinal)).Add(group);
        }
    }

    /// <summary>Takes back the right to this very group; rights to all groups or by pattern stay.</summary>
    public void Revoke(GroupRight right, string group)
    {
        lock (_lock)
        {
            Of(right).Groups?.Remove(group);
        }
    }

    private Grants Of(GroupRight right) => right == GroupRight.JoinLeave ? _joinLeave : _send;

    private sealed class Grants
    {
        private bool _all;
        private List<GroupPattern>? _patterns;

        public HashSet<string>? Groups { get; set; }

        public bool Allow(string group) =>
            _all || (Groups?.Contains(group) ?? false) || (_patterns?.Exists(pattern => pattern.Matches(group)) ?? false);

        /// <summary>Reads <c>prefix</c>, <c>prefix.group</c> (the group may hold dots) and <c>prefixs.pattern</c>.</summary>
        public bool TryAddRole(string role, string prefix)
        {
            if (!role.StartsWith(prefix, StringComparison.Ordinal))
            {
                return false;
            }

            var rest = role.AsSpan(prefix.Length);
            if (rest.IsEmpty)
            {
                _all = true;
            }
            else if (rest[0] == '.' && rest.Length > 1)
            {
                (Groups ??= new(StringComparer.Ordinal)).Add(rest[1..].ToString());
            }
            else if (rest.StartsWith("s.", StringComparison.Ordinal) && GroupPattern.Parse(rest[2..].ToString()) is { } pattern)
            {
                (_patterns ??= []).Add(pattern);
            }

            return true;
        }
    }
}
