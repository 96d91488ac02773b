using ServerlessChat.Sockets;

namespace ServerlessChat.Doctor.Checks;

/// <summary>Every check, in the order that they are made: each stands on those before it.</summary>
internal static class AllChecks
{
    /// <param name="password">Of the account to sign in with; null registers a new one.</param>
    public static IReadOnlyList<ICheck> Of(Password? password) =>
    [
        new SettingsCheck(),
        new AddressCheck(),
        new AppCheck(),
        new HealthCheck(),
        new ServiceCheck(),
        new CredentialsCheck(),
        new HandshakeCheck(),
        new EventsCheck(),
        new PersonCheck(password),
        new SocketCheck("notifications socket", Channel.Notifications, "notifications", static (examination, socket) => examination.Notifications = socket),
        new SocketCheck("private socket", Channel.Private, "private_chat", static (examination, socket) => examination.PrivateChat = socket),
        new NotificationCheck(),
        new PrivateMessageCheck(),
        new GroupMessageCheck(),
    ];
}
