import App
import Glibc

/// The nginx of a development site: `nginx/dev.conf` with its words filled in, and the files production uses.
struct DevNginx {
  let state: State
  /// Holds `static/` and `nginx/`; nginx's workers can read it.
  let root: String
  let port: UInt16
  let publicURL: PublicURL

  static let program = "/usr/sbin/nginx"

  /// nginx.conf, the link `heed` to the shared files, and the folders for requests that do not fit into memory.
  func write() throws {
    for part in ["body", "fastcgi", "proxy", "scgi", "uwsgi"] {
      try Files.makeFolder("\(state.nginx)/\(part)", mode: 0o700, account: state.account)
    }
    let link = state.nginx + "/heed"
    unlink(link)
    guard symlink(root + "/nginx", link) == 0 else { throw Complaint(system: "cannot make \(link)") }
    try Files.write(try filledIn(), to: state.nginx + "/nginx.conf", mode: 0o644)
  }

  var command: [String] {
    [Self.program, "-p", state.nginx, "-c", state.nginx + "/nginx.conf", "-e", state.log("nginx")]
  }

  private func filledIn() throws -> String {
    let words = [
      "USER": state.account.map { "user \($0.name);" } ?? "", "LOG": state.log, "SOCKET": state.socket, "PORT": "\(port)", "ROOT": root,
      "HOST": publicURL.host, "PUBLIC": publicURL.text,
    ]
    var text = ""
    // The words stand at every second place between the @ signs.
    for (index, part) in try Files.read(root + "/nginx/dev.conf").split(separator: "@", omittingEmptySubsequences: false).enumerated() {
      guard !index.isMultiple(of: 2), let word = words[String(part)] else {
        text += part
        if !index.isMultiple(of: 2) { throw Complaint("nginx/dev.conf has an unknown word @\(part)@.") }
        continue
      }
      // In an nginx string these three would end it or begin a variable.
      if word.utf8.contains(where: { "\"$\\".utf8.contains($0) }) {
        throw Complaint("nginx cannot use the path \(word): it holds \", $ or \\.")
      }
      text += word
    }
    return text
  }
}
