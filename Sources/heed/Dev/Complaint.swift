import Glibc

/// Why `heed dev` cannot go on, in words for the person at the terminal.
struct Complaint: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// A call to the system that failed, with the system's own reason.
  init(system what: String, _ code: Int32 = errno) {
    description = "\(what): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")."
  }
}

/// Somebody asked `heed dev` to end while it was still starting.
struct Interrupted: Error {}
