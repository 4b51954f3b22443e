import Glibc

/// The installed PostgreSQL programs.
struct PostgresPrograms {
  /// The folder with `initdb` and `postgres`.
  let folder: String

  /// - Parameter data: an existing cluster decides the version; for a new one the newest installed is taken.
  init(data: String) throws {
    let versions = "/usr/lib/postgresql"
    if Files.exists(data + "/PG_VERSION") {
      let version = try Files.read(data + "/PG_VERSION").split { $0.isWhitespace }.first.map(String.init) ?? "?"
      if let folder = Self.usable("\(versions)/\(version)/bin") ?? Self.onPath {
        self.folder = folder
        return
      }
      throw Complaint(
        "the database in \(data) was made by PostgreSQL \(version), which is not installed: install postgresql-\(version), or remove the state folder to begin anew."
      )
    }
    let newest = Files.names(in: versions).compactMap(Int.init).sorted().reversed().lazy
      .compactMap { Self.usable("\(versions)/\($0)/bin") }.first
    guard let folder = newest ?? Self.onPath else { throw Complaint("PostgreSQL is not installed: make deps") }
    self.folder = folder
  }

  private static func usable(_ folder: String) -> String? {
    access(folder + "/initdb", X_OK) == 0 && access(folder + "/postgres", X_OK) == 0 ? folder : nil
  }

  /// Installations from source and other systems: wherever `initdb` is on the search path.
  private static var onPath: String? {
    guard let path = getenv("PATH").map({ String(cString: $0) }) else { return nil }
    return path.utf8.split(separator: UInt8(ascii: ":")).lazy.compactMap { usable(String(Substring($0))) }.first
  }
}
