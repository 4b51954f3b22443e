import Domain
import Web

/// The tags of a conversation into which another is merged (RULES 6.31).
struct MergedTags {
  /// Its own first, at most as many as a conversation may have.
  let all: [String]
  /// Those that go when the merge is taken back: also what another merge has brought before, which may go back first.
  let brought: [String]

  /// - Parameters:
  ///   - theirs: tags of the one that is merged.
  ///   - merges: what came into the other before, and was not taken back.
  init(_ theirs: [String], into ours: [String], besides merges: [ConversationMerge]) {
    let (known, lent) = (Set(ours.map(Self.key)), Set(merges.flatMap(\.tags).map(Self.key)))
    var (all, brought) = (ours, [String]())
    for tag in theirs {
      let key = Self.key(tag)
      if !known.contains(key), all.count < TagsForm.most {
        all.append(tag)
        brought.append(tag)
      } else if lent.contains(key), let own = ours.first(where: { Self.key($0) == key }) {
        brought.append(own)
      }
    }
    (self.all, self.brought) = (all, brought)
  }

  /// What is left of tags when a merge is taken back.
  static func without(_ merge: ConversationMerge, _ tags: [String], _ merges: [ConversationMerge]) -> [String] {
    let kept = Set(merges.filter { $0.id != merge.id }.flatMap(\.tags).map(key))
    let going = Set(merge.tags.map(key)).subtracting(kept)
    return tags.filter { !going.contains(key($0)) }
  }

  /// Tags that differ in the case of ASCII letters alone are one, as where they are typed.
  private static func key(_ tag: String) -> [UInt8] { Bytes.lowercased(Array(tag.utf8)) }
}
