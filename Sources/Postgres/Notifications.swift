/// What NOTIFY sent.
public struct Notification: Equatable, Sendable {
  public let channel: String
  public let payload: String
}

extension Connection {
  /// Listens on a channel, also after a reconnect. Notifications are a hint and may be lost when the connection breaks: poll as well.
  ///
  /// - Throws: inside a transaction, where listening would depend on its end.
  public func listen(_ channel: String) throws(PostgresError) {
    if isInTransaction { throw .value("can't listen inside a transaction") }
    _ = try perform(["LISTEN \(name: channel)"], isRepeatable: true)
    if !channels.contains(channel) { channels.append(channel) }
  }

  /// What has arrived so far, without waiting. Call it before sleeping on ``descriptor`` too: statements read the socket as well, and
  /// what they find on the way waits here.
  ///
  /// - Throws: a transient error when the connection is found broken; the next call reconnects.
  public func notifications() throws(PostgresError) -> [Notification] {
    if link.isLost, !isInTransaction { try reconnect() }
    return try link.takeNotifications()
  }

  /// The socket, for `poll` or `curl_multi_wait`: readable when a notification arrives or the connection ends. It changes with a
  /// reconnect. -1 when there is no connection.
  public var descriptor: Int32 { link.isLost ? -1 : link.descriptor }
}
