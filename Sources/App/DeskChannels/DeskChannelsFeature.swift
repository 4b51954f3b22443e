import Domain
import HTML
import Postgres

extension Count {
  /// Channels of whose failing members were told.
  static let failingChannels = Count("failingChannels")
}

extension NavSection {
  static let channels = NavSection(
    group: .desk, path: Paths.channels, label: { words in words("Channels") }, icon: "webhook", key: "l", count: { $0[.failingChannels] },
    counted: { words in words("failing", context: "channels") }, isUrgent: true)
}

extension Feature {
  /// By which ways customers write, and what holds for all of the desk. A channel that was deleted stays, for its conversations do.
  static let deskChannels = Feature(
    section: .channels,
    numbers: Numbers(ofDesk: [.failingChannels], "channel_numbers()"),
    today: { view in ChannelFailureSection.part(view) },
    work: { bench in [OutboxWork(.channelTests, bench).kind("channel_tests", share: .half)] },
    counts: ["channel_tests"],
    jobs: [DeskRetention.conversations, DeskRetention.rawMails, LateTimes.kind],
    retention: [DeskTest.retention],
    secrets: [DeskChannel.secretColumn, DeskChannel.oldSecretColumn, DeskChannel.imapPasswordColumn, DeskChannel.smtpPasswordColumn],
    sentence: { facts, words in facts.aboutChannels(words) },
    detail: { name, words in AuditFacts.channelDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        "channel",
        "SELECT id, name AS title FROM channels WHERE id = a.subject_id AND account_id = (SELECT my_account()) AND deleted_at IS NULL"
      ) { Paths.channel($0) }
    ],
    demo: { stage in try DeskChannelsDemo(stage).tell() })
}

extension AuditFacts {
  /// The sentences about channels and the desk; nil for other entries.
  func aboutChannels(_ words: Words) -> String? {
    let name: KeyValuePairs = ["name": self["name"]]
    return switch action {
    case "channel.made": words("Made the channel “{name}”.", name)
    case "channel.changed": words("Edited a channel.")
    case "channel.secret_rotated": words("Gave the channel “{name}” another secret.", name)
    case "channel.tested": words("Tried the channel “{name}”.", name)
    case "channel.deleted": words("Deleted the channel “{name}”.", name)
    case "channel.restored": words("Brought back the channel “{name}”.", name)
    case "rota.changed": words("Changed who is on duty for “{name}”.", name)
    case "desk.changed": words("Changed the settings of the desk.")
    case "desk.emptied":
      words.count("Emptied {n} old conversation.", "Emptied {n} old conversations.", Int(self["conversations"]) ?? 0)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func channelDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "external_id": words("Its id in the other program")
    case "address": words("Address")
    case "aliases": words("Other addresses of it")
    case "inbound": words("How messages come")
    case "folder": words("Folder")
    case "imap_host", "imap_port", "imap_security", "imap_user", "imap_password", "imap_folder":
      words("Mailbox: {field}", ["field": server(name, words)])
    case "smtp_host", "smtp_port", "smtp_security", "smtp_user", "smtp_password":
      words("Outgoing server: {field}", ["field": server(name, words)])
    case "outbound_url": words("Where answers go")
    case "signature": words("Signature")
    case "target_minutes": words("Answer within, in working minutes")
    case "hours": words("Working hours")
    case "closed_on": words("Closed on")
    case "acknowledge": words("What they are told")
    case "acknowledge_when": words("Tell customers at once that their message has come")
    case "auto_draft": words("Write a draft for each question")
    case "trusts_spam": words("The server marks spam, and is right")
    case "lines": words("Lines")
    case "conversations": words("Conversations")
    case "undo_seconds": words("Seconds to undo an answer")
    case "retention": words("Keep the texts of closed conversations")
    case "llm_daily": words("Drafts by a model, at most a day")
    case "confidence_floor": words("Least confidence")
    default: nil
    }
  }

  private static func server(_ name: String, _ words: Words) -> String {
    switch name.utf8.dropFirst(5) {
    case let rest where rest.elementsEqual("host".utf8): words("server")
    case let rest where rest.elementsEqual("port".utf8): words("port")
    case let rest where rest.elementsEqual("security".utf8): words("security")
    case let rest where rest.elementsEqual("user".utf8): words("sign-in name")
    case let rest where rest.elementsEqual("password".utf8): words("password")
    default: words("folder")
    }
  }
}
