/// Every setting of Heed. A setting that is not in ``all`` is not read, so this is the whole list.
extension Setting {
  static let environment = Setting(
    "HEED_ENV", standard: "`production`", "`production` or `development`; production refuses what is only safe on one's own machine")
  static let publicURL = Setting(
    "HEED_PUBLIC_URL", "the address people type, such as `https://heed.example.org`: links, redirects and form checks are made from it")
  static let databaseURL = Setting(
    "HEED_DATABASE_URL", secret: true, "PostgreSQL as role `heed_web`, for `heed serve`: `postgresql://…`, several hosts allowed")
  static let workDatabaseURL = Setting(
    "HEED_WORK_DATABASE_URL", secret: true, "the same database as role `heed_work`, for `heed work`")
  static let ownerDatabaseURL = Setting(
    "HEED_OWNER_DATABASE_URL", secret: true, "the same database as role `heed_owner`, for `heed migrate` and the operator's commands")
  static let secretKey = Setting(
    "HEED_SECRET_KEY", secret: true,
    "at least 32 random bytes in base64 or hex (`openssl rand -base64 32`); signs and encrypts, keep a copy")
  static let previousKey = Setting(
    "HEED_SECRET_KEY_PREVIOUS", standard: "none", secret: true,
    "the key before `HEED_SECRET_KEY`, until `heed vault rotate` has sealed all with the new one; `heed audit verify` reads older rows with it"
  )
  static let socket = Setting("HEED_SOCKET", standard: "`/run/heed/heed.sock`", "the unix socket between nginx and `heed serve`")
  static let socketGroup = Setting(
    "HEED_SOCKET_GROUP", standard: "the group of the process", "the group that may use the socket: nginx's, such as `www-data`")
  static let user = Setting("HEED_USER", standard: "stays as it is", "the account that processes started by root run as")
  static let responders = Setting("HEED_RESPONDERS", standard: "4", "how many processes answer requests (1 to 256)")
  static let workers = Setting("HEED_WORKERS", standard: "1", "how many processes fire reminders and send messages (1 to 64)")
  static let requestSeconds = Setting(
    "HEED_REQUEST_SECONDS", standard: "20", "a request that takes longer is ended with its process (1 to 600)")
  static let requestsPerResponder = Setting(
    "HEED_REQUESTS_PER_RESPONDER", standard: "10000", "a responder is replaced after so many requests (1 to 10000000)")
  static let prepare = Setting(
    "HEED_PREPARE", standard: "`on`", "`off` makes no prepared statements: for PgBouncer before 1.21 in transaction mode")
  static let smtpURL = Setting(
    "HEED_SMTP_URL", standard: "mail goes to `HEED_MAILDIR`", "`smtp://HOST:587` (STARTTLS) or `smtps://HOST:465`, for outgoing mail")
  static let smtpUser = Setting("HEED_SMTP_USER", standard: "no sign-in", "the name to sign in to the mail server with")
  static let smtpPassword = Setting("HEED_SMTP_PASSWORD", standard: "no sign-in", secret: true, "the password that goes with it")
  static let mailFrom = Setting(
    "HEED_MAIL_FROM", standard: "`heed@` and the host of the public URL", "the address that mail comes from; may be `Name <address>`")
  static let mailSeconds = Setting(
    "HEED_MAIL_SECONDS", standard: "60",
    "so many seconds after a mail about reminders the same address gets the next, with all that has waited (0 to 3600; 0: at once)")
  static let maildir = Setting(
    "HEED_MAILDIR", standard: "none", "a Maildir that gets the mail while no SMTP URL is set; for development and tests")
  static let maildirs = Setting(
    "HEED_MAILDIRS", standard: "none", "a folder of Maildirs, which channels may take their mail from: each names one of them")
  static let auditArchive = Setting(
    "HEED_AUDIT_ARCHIVE", standard: "the audit log keeps all",
    "a folder that gets what of the audit log is older than a year, as lines of JSON, before it leaves the database")
  static let signUp = Setting("HEED_SIGN_UP", standard: "`open`", "`closed` lets nobody make a new account from the web")
  static let sessionIdleDays = Setting(
    "HEED_SESSION_IDLE_DAYS", standard: "30", "a session unused for so many days has ended (1 to 3650)")
  static let sessionDays = Setting("HEED_SESSION_DAYS", standard: "90", "a session has ended after so many days in any case (1 to 3650)")
  static let reminders = Setting(
    "HEED_REMINDERS", standard: "100000", "how many reminders a person may have, done and archived ones too (1 to 10000000)")
  static let textMegabytes = Setting(
    "HEED_TEXT_MB", standard: "200", "how many megabytes of titles and descriptions a person may have (1 to 100000)")
  static let allowLAN = Setting(
    "HEED_ALLOW_LAN", standard: "none", "private networks that webhooks may reach, such as `10.0.0.0/8,fd00::/8`; link-local never")
  static let smsAccount = Setting(
    "HEED_SMS_ACCOUNT", standard: "no SMS is sent", "the account SID at Twilio, or at a gateway that speaks its Messages API")
  static let smsToken = Setting(
    "HEED_SMS_TOKEN", standard: "must be given with `HEED_SMS_ACCOUNT`", secret: true,
    "the auth token that goes with it; what the gateway posts to us is checked with it, too")
  static let smsFrom = Setting(
    "HEED_SMS_FROM", standard: "must be given with `HEED_SMS_ACCOUNT`",
    "whom SMS come from: a number such as `+15005550006`, a messaging service (`MG…`), or a name that cannot be answered")
  static let smsURL = Setting(
    "HEED_SMS_URL", standard: "`https://api.twilio.com`",
    "where the gateway is; point its incoming messages at `/hooks/sms/inbound` of the public URL")
  static let modelURL = Setting(
    "HEED_LLM_URL", standard: "the coach speaks and drafts are written without a model",
    "a model server that speaks as OpenAI's: `http://127.0.0.1:11434/v1`, `https://…/v1/chat/completions`; what is sent to it: RULES 5.23, 6.16"
  )
  static let modelKey = Setting("HEED_LLM_KEY", standard: "no key", secret: true, "the key that goes with it (`Authorization: Bearer …`)")
  static let model = Setting(
    "HEED_LLM_MODEL", standard: "must be given with `HEED_LLM_URL`", "the name of the model, as that server calls it")
  static let modelDaily = Setting(
    "HEED_LLM_DAILY", standard: "60",
    "how many calls a person may cause on a date, and the drafts of an account, retries too (1 to 10000); then texts of ours")
  static let modelExtra = Setting(
    "HEED_LLM_EXTRA", standard: "nothing", "a JSON object whose members each request carries besides, such as `{\"temperature\":0.4}`")
  static let modelSeconds = Setting(
    "HEED_LLM_TIMEOUT_S", standard: "30", "for all calls for one text together, in seconds (1 to 100)")
  static let modelPrice = Setting(
    "HEED_LLM_PRICE", standard: "no costs are told",
    "what a million tokens cost, those asked and those answered: two numbers, such as `0.15 0.60`")
  static let embedURL = Setting(
    "HEED_EMBED_URL", standard: "search goes by names and words",
    "a server that makes vectors as OpenAI's does, for search by meaning: `http://127.0.0.1:11434/v1`; what is sent to it: RULES 9.42, 9.45"
  )
  static let embedKey = Setting(
    "HEED_EMBED_KEY", standard: "no key", secret: true, "the key that goes with it (`Authorization: Bearer …`)")
  static let embedModel = Setting(
    "HEED_EMBED_MODEL", standard: "must be given with `HEED_EMBED_URL`",
    "the name of its model; another name, host or prefix makes all vectors anew, while search goes on with the old ones")
  static let embedQueryPrefix = Setting(
    "HEED_EMBED_QUERY_PREFIX", standard: "nothing",
    "what the model wants in front of what is looked for, such as `query:`; a blank follows it")
  static let embedPassagePrefix = Setting(
    "HEED_EMBED_PASSAGE_PREFIX", standard: "nothing",
    "what it wants in front of what is looked through, such as `passage:`; a blank follows it")
  static let embedPrice = Setting(
    "HEED_EMBED_PRICE", standard: "no costs are told", "what a million of its tokens cost, such as `0.02`")
  static let logLevel = Setting(
    "HEED_LOG_LEVEL", standard: "`info`", "`trace` `debug` `info` `notice` `warning` `error` `critical`; one JSON line per event on stderr")
  static let root = Setting(
    "HEED_ROOT", standard: "found from the working folder and the program", "the folder that holds `static/`, `nginx/` and `migrations/`")
  static let zoneinfo = Setting("HEED_ZONEINFO", standard: "`/usr/share/zoneinfo`", "the time zone files (Debian's `tzdata`)")
  static let clockFile = Setting(
    "HEED_CLOCK_FILE", standard: "the system's clock", "for tests: a file with the instant to take for now; refused in production")

  /// All settings, in the order in which the README and `heed check` show them.
  public static let all: [Setting] = [
    .environment, .publicURL, .databaseURL, .workDatabaseURL, .ownerDatabaseURL, .secretKey, .previousKey, .socket, .socketGroup, .user,
    .responders, .workers, .requestSeconds, .requestsPerResponder, .prepare, .smtpURL, .smtpUser, .smtpPassword, .mailFrom, .mailSeconds,
    .maildir, .maildirs, .auditArchive, .signUp, .sessionIdleDays, .sessionDays, .reminders, .textMegabytes, .allowLAN, .smsAccount,
    .smsToken, .smsFrom, .smsURL,
    .modelURL, .modelKey, .model, .modelDaily, .modelExtra, .modelSeconds, .modelPrice, .embedURL, .embedKey, .embedModel,
    .embedQueryPrefix, .embedPassagePrefix, .embedPrice, .logLevel, .root, .zoneinfo, .clockFile,
  ]
}
