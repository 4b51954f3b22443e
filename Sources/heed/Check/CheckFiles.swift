import App
import Domain
import Glibc
import Postgres

extension Findings {
  /// What the program reads at its start: its own folder, and the time zones.
  mutating func files(_ configuration: Configuration) {
    root(configuration.root)
    coach()
    for file in ["tzdata.zi", "America/New_York"].map({ "\(configuration.zoneinfo)/\($0)" }) where access(file, R_OK) != 0 {
      return add(
        .wrong, "HEED_ZONEINFO", "cannot read \(file): \(SmallFile.reason(errno)). Install Debian's tzdata, or name the folder it is in.")
    }
    add(.fine, "HEED_ZONEINFO", configuration.zoneinfo)
    zoneData(configuration)
  }

  /// The coach's texts, which the program carries.
  private mutating func coach() {
    let complaints = CoachLibrary.carried.complaints
    for complaint in complaints { add(.wrong, "coach", "templates/prompts/\(complaint). This program was built with it; build it anew.") }
    if complaints.isEmpty { add(.fine, "coach", "its texts are whole") }
  }

  private mutating func root(_ root: String) {
    let advice = "Name the folder that holds static/, nginx/ and migrations/ of this program."
    guard access(root + "/", X_OK) == 0 else {
      return add(.wrong, "HEED_ROOT", "cannot enter \(root): \(SmallFile.reason(errno)). \(advice)")
    }
    var isWhole = true
    for (file, what) in [("static/heed.css", "the style sheet"), ("nginx/site.conf", "nginx's part")] {
      let path = "\(root)/\(file)"
      guard access(path, R_OK) != 0 else { continue }
      add(.wrong, "HEED_ROOT", "cannot read \(path) (\(what)): \(SmallFile.reason(errno)). \(advice)")
      isWhole = false
    }
    do {
      if try Migrator(folder: root + "/migrations").migrations.isEmpty { throw Complaint("\(root)/migrations holds no migrations") }
    } catch {
      add(.wrong, "HEED_ROOT", "\(error). \(advice)")
      isWhole = false
    }
    if isWhole { add(.fine, "HEED_ROOT", root) }
  }
}
