import Glibc

/// Finds the folder with `static/`, `nginx/` and `migrations/` when `HEED_ROOT` does not name it.
public enum Root {
  /// The working folder, else a folder above the program (a build in the source tree), else where a package would put it.
  public static func find() -> String {
    if let here = workingFolder(), isRoot(here) { return here }
    var folder = parent(of: program() ?? "/")
    while folder != "/" {
      if isRoot(folder) { return folder }
      folder = parent(of: folder)
    }
    return "/usr/share/heed"
  }

  private static func isRoot(_ folder: String) -> Bool {
    access(folder + "/migrations", F_OK) == 0 && access(folder + "/nginx", F_OK) == 0
  }

  /// The file of the running program, with symbolic links resolved.
  public static func program() -> String? { resolved("/proc/self/exe") }

  private static func workingFolder() -> String? { resolved(".") }

  /// An absolute path without symbolic links; nil when the file is not there.
  public static func resolved(_ path: String) -> String? {
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return String(validatingCString: text)
  }

  /// `/a/b` of `/a/b/c`; `/` of `/a`.
  public static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.utf8.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
