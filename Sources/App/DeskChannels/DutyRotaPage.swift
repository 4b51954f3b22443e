import Domain
import HTML
import Web

/// Who is on duty for a channel, and the form that says so for those who may.
struct DutyRotaPage {
  let layout: Layout
  let back: Path
  let channel: String
  /// When nobody is on duty, and who is told then.
  let holes: ProfileNotes?
  let zone: String
  /// To read.
  let lines: [Line]
  let empty: String?
  let form: DutyRotaForm?

  struct Line {
    let days: String
    let hours: String
    let member: String
    /// nil: there, or not away.
    let note: String?
  }

  init(_ channel: DeskChannel, _ stored: [DutyLine], _ members: [Member], _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    let layout = try Layout(words("Who is on duty"), .channels, web)
    self.layout = layout
    (back, self.channel) = (Paths.channel(channel.id), channel.name)
    zone = words("Times are by the clocks of {zone}. The first line that holds counts.", ["zone": channel.timezone])
    let hours = OpeningHoursReading(channel.hours).hours ?? .always
    let here = stored.filter { line in members.contains { $0.id == line.member } }
    holes = ProfileNotes(stored.isEmpty ? [] : DutyLine.holes(in: hours, here).map { [DutyRotaPage.text($0, person, words)] } ?? [])
    lines = stored.map { line in
      let member = members.first { $0.id == line.member }
      let away = member?.awayUntil.flatMap { $0 > web.now ? TimeText($0, person, web.clock).when.text : nil }
      return Line(
        days: DayNames.text(line.days, person.language), hours: line.span.text, member: member?.displayName ?? words("somebody who left"),
        note: away.map { words("away until {time}", ["time": $0]) })
    }
    empty =
      stored.isEmpty
      ? words("Nobody is on duty yet. A late answer is told to whom the conversation is assigned, else to the owner of the account.") : nil
    form = person.changesChannels ? DutyRotaForm(channel, stored, members, layout.secret, person, words, state) : nil
  }

  private static func text(_ holes: OpeningHours, _ person: Person, _ words: Words) -> String {
    let when = holes.isAlways ? words("at any hour") : holes.text(person.language).split(separator: "\n").joined(separator: "; ")
    return words(
      "Nobody is on duty: {hours}. Then a late answer is told to whom the conversation is assigned, else to the owner of the account.",
      ["hours": when])
  }
}

/// The form of a rota: its lines, and room for more.
struct DutyRotaForm {
  let frame: FormFrame
  let lines: [Row]

  /// A line of the form.
  struct Row {
    let legend: String
    let days: TextField
    let from: TextField
    let until: TextField
    let member: Select
  }

  /// As many empty lines are offered.
  private static let spare = 3

  init(
    _ channel: DeskChannel, _ stored: [DutyLine], _ members: [Member], _ secret: CSRFField, _ person: Person, _ words: Words,
    _ state: FormState
  ) {
    var make = FieldBuilder(state)
    let typed = state.typed.map { form in
      (1...DutyLine.most).last { n in form.text(DutyRotaDraft.field(n, "days"))?.utf8.isEmpty == false } ?? 0
    }
    let count = min(max(stored.count, typed ?? 0) + DutyRotaForm.spare, DutyLine.most)
    let people = [("", words("nobody"))] + members.filter { $0.role != .viewer }.map { ($0.id.text, $0.displayName) }
    lines = (1...count).map { n in
      let line = n <= stored.count ? stored[n - 1] : nil
      let name = { DutyRotaDraft.field(n, $0) }
      let here = line.map { line in members.contains { $0.id == line.member } ? line.member.text : "" }
      return Row(
        legend: words("Line {n}", ["n": String(n)]),
        days: make.text(
          name("days"), words("Days"), line.map { DayNames.text($0.days, person.language) } ?? "",
          short: words("Days of line {n}", ["n": String(n)])),
        from: make.text(
          name("from"), words("From"), line.map { DutyRotaForm.clock($0.span.from) } ?? "",
          short: words("Beginning of line {n}", ["n": String(n)]),
          type: "time"),
        until: make.text(
          name("until"), words("Until"), line.map { DutyRotaForm.clock($0.span.until % 1_440) } ?? "",
          short: words("End of line {n}", ["n": String(n)]), type: "time"),
        member: make.choice(name("member"), words("On duty"), here ?? "", people))
    }
    frame = FormFrame(
      make, secret, to: Paths.rota(channel.id), cancel: Paths.channel(channel.id), carrying: [state.version(channel.version)])
  }

  /// Minutes of a day as a field of a form has them.
  private static func clock(_ minute: Int) -> String { TimeOfDay(second: minute * 60)?.text ?? "" }
}
