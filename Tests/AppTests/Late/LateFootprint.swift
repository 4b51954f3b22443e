@testable import App

extension Footprint {
  static let late = Footprint(worked: ["desk_late": "ISU"], doors: ["late_escalation web"])
}
