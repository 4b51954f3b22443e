import Domain
import Postgres

/// A mailbox that a worker has claimed: of all workers of a database one looks into it, for as long as its lease lasts or is renewed.
struct MailboxLease {
  let channel: ID<DeskChannel>
  let fence: Int
  /// How many workers in a row have died with it.
  let lost: Int
  /// The mail that the last of them was reading.
  let trying: String
  /// Which of the channel's mailboxes it is into, as `channel_states` counts them.
  let mailbox: Int

  /// As long as a look into an IMAP folder takes at most, and a minute.
  static let seconds = 180

  var hold: MailboxHold { MailboxHold(channel: channel, fence: fence) }

  /// Which mailboxes a look may be for, and when each is due.
  struct Choice {
    /// All that are not done yet, whenever they were looked into; else each a minute after its last look.
    let isOnce: Bool
    /// Those that are done.
    let done: [ID<DeskChannel>]
    /// Whether another look into an IMAP folder may begin.
    let takesServers: Bool

    private static let tables: SQL =
      "channels c JOIN channel_states s ON s.channel_id = c.id LEFT JOIN mailbox_looks l ON l.channel_id = c.id"

    private var at: SQL {
      """
      coalesce(CASE WHEN \(isOnce) OR l.has_more THEN s.last_look_at ELSE s.last_look_at + interval '60 seconds' END, c.created_at)
      """
    }

    private var isFree: SQL {
      """
      c.inbound <> 'webhook' AND c.enabled AND c.deleted_at IS NULL AND (c.inbound = 'maildir' OR \(takesServers)) AND c.id <> ALL (\(done))
        AND (l.lease_until IS NULL OR l.lease_until <= clock_timestamp())
      """
    }

    /// For ``DueTime``.
    var next: SQL { "SELECT min(\(at)) FROM \(Choice.tables) WHERE \(isFree)" }

    /// The one whose turn is longest ago, so that a full mailbox keeps none waiting; of two workers at once one gets it.
    func claim(at now: Instant) -> Query<MailboxLease> {
      Query(
        """
        INSERT INTO mailbox_looks (channel_id, account_id, fence, lease_until, lost, trying, has_more, turn, mailbox)
        SELECT c.id, c.account_id, 1, clock_timestamp() + \(MailboxLease.seconds) * interval '1 second', 0, '', false, nextval('desk_order'),
          s.mailbox
        FROM \(Choice.tables) WHERE \(isFree) AND \(at) <= \(now) ORDER BY l.turn NULLS FIRST, c.id LIMIT 1
        ON CONFLICT (channel_id) DO UPDATE SET fence = mailbox_looks.fence + 1, lease_until = excluded.lease_until, turn = excluded.turn, mailbox = excluded.mailbox,
          lost = CASE WHEN mailbox_looks.lease_until IS NULL THEN 0 ELSE mailbox_looks.lost + 1 END
        WHERE mailbox_looks.lease_until IS NULL OR mailbox_looks.lease_until <= clock_timestamp()
        RETURNING channel_id AS channel, fence, lost, trying, mailbox
        """, into: MailboxLease.init)
    }
  }
}

extension MailboxHold {
  /// One row while it is still ours, whose lease it makes longer and which it locks until the transaction ends.
  var renewing: SQL {
    """
    UPDATE mailbox_looks SET lease_until = clock_timestamp() + \(MailboxLease.seconds) * interval '1 second'
    WHERE channel_id = \(channel) AND fence = \(fence) AND lease_until IS NOT NULL
    """
  }

  /// Which mail is about to be read, should the worker die of it.
  func trying(_ name: String) -> SQL { "UPDATE mailbox_looks SET trying = \(name) WHERE channel_id = \(channel) AND fence = \(fence)" }

  /// A look has ended at a mail: how many in a row have ended there.
  func stuck(at uid: UInt32) -> SQL {
    """
    UPDATE mailbox_looks SET stuck = CASE WHEN stuck_uid = \(Int64(uid)) THEN stuck + 1 ELSE 1 END, stuck_uid = \(Int64(uid))
    WHERE channel_id = \(channel) AND fence = \(fence) RETURNING stuck
    """
  }

  /// Gives it back; one row while it is still ours.
  func releasing(hasMore: Bool) -> SQL {
    """
    UPDATE mailbox_looks SET lease_until = NULL, lost = 0, trying = '', has_more = \(hasMore)
    WHERE channel_id = \(channel) AND fence = \(fence) AND lease_until IS NOT NULL
    """
  }
}
