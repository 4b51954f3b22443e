/// What is wrong with something that was to be sent, found before any of it left.
public enum NetError: Error, Hashable, Sendable {
  /// Not a block of addresses; the text as given.
  case badRange(String)
  /// Not an `smtp://` or `smtps://` address of a server, or a name or password that cannot be said to one.
  case badServer
  /// Not the name of a folder.
  case badFolder
  /// Not an `http://` or `https://` address, or it carries a name and password.
  case badURL
  /// A header's name is not a token, or its value holds a line end or another control character.
  case badHeader(String)
  /// The mail could not be composed; a header's name.
  case unencodable(String)
  /// A file could not be written: what was tried, and `errno`.
  case file(String, Int32)
  /// libcurl could not be started: no memory.
  case unavailable
}
