import Glibc

/// A system call that failed: which one, on what, and why.
public struct SystemError: Error, CustomStringConvertible {
  /// The call, such as `bind`, with its object where it has one.
  public let call: String
  /// The `errno` it left.
  public let code: Int32

  /// - Parameter code: `errno` of this moment unless given.
  init(_ call: String, code: Int32 = errno) {
    self.call = call
    self.code = code
  }

  public var description: String { "\(call): \(String(cString: strerror(code)))" }
}
