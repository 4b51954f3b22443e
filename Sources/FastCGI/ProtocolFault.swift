/// Why a connection is closed without an answer: what came is not a FastCGI request that a web server sends.
public enum ProtocolFault: String, Error {
  /// Not FastCGI 1.
  case version
  /// Does not begin with one well-formed FCGI_BEGIN_REQUEST for a responder.
  case begin
  /// Record number 0: questions to the application, which libfcgi answers over the end of its buffer.
  case management
  /// A record of another request on the same connection.
  case foreignRequest = "foreign_request"
  /// A record type that has no place here: parameters after their end, data, or unknown.
  case type
  /// FCGI_ABORT_REQUEST: the web server gave up.
  case aborted
  /// Parameters over ``Limits/parameterBytes``, or a declared length that goes past their end.
  case parameters
  /// More headers and padding than content.
  case overhead
  /// A body so long that even reading it to its end is too much.
  case body
  /// The peer closed before its request was whole.
  case closed
  /// No byte for ``Limits/idleSeconds``, or not whole after ``Limits/arrivalSeconds``.
  case late
  /// Dropped to make room for others.
  case crowded
  /// libfcgi did not accept what we had accepted.
  case library
}
