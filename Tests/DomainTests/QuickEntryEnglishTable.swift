import Testing

@testable import Domain

/// What people type in English, said on Wednesday 10 March 2027 at 10:00 in New York, and what becomes of it (RULES 2.7).
struct QuickEntryEnglishTable {
  private static let table = """
    call mom tomorrow at 9am => call mom | 11 09:00
    call mom tomorrow at 9 => call mom | 11 09:00
    remind me to call mom tomorrow at 9 => call mom | 11 09:00
    Remind me tomorrow at 9 to call mom => call mom | 11 09:00
    please remind me to call mom tomorrow => call mom | 11 09:00
    please, remind me that the rent is due friday => the rent is due | 12 09:00
    remind me about the tea in 20 minutes => the tea | 10 10:20
    remind us to lock up at 22:00 => lock up | 10 22:00
    remind me to call mom => call mom | -
    remind me tomorrow => remind me tomorrow | 11 09:00
    remind Bob about the rent tomorrow => remind Bob about the rent | 11 09:00
    tomorrow => tomorrow | 11 09:00
    at 9 => at 9 | 11 09:00
    tomorrow !high => tomorrow | 11 09:00 | high
    !high => !high | - | high
    buy 2 milk => buy 2 milk | -
    buy milk => buy milk | -
    read chapter 3 => read chapter 3 | -
    read chapter 3 tomorrow => read chapter 3 | 11 09:00
    read "tomorrow is mine" tonight => read "tomorrow is mine" | 10 20:00
    read “tomorrow is mine” tonight => read “tomorrow is mine” | 10 20:00
    read «tomorrow» at noon => read «tomorrow» | 10 12:00
    read 'all day tomorrow' => read 'all day tomorrow' | -
    watch "the day after tomorrow" => watch "the day after tomorrow" | -
    "friday" => "friday" | -
    "call mom tomorrow" => "call mom tomorrow" | -
    5' 10" rod on friday => 5' 10" rod | 12 09:00
    call 555 0199 !critical => call 555 0199 | - | critical
    call 555 0199 at 14:30 => call 555 0199 | 10 14:30
    !critical call 555 0199 tomorrow => call 555 0199 | 11 09:00 | critical
    call mom !LOW tomorrow at 9 => call mom | 11 09:00 | low
    pay !medium rent !alta friday => pay rent | 12 09:00 | high
    say "!high" tomorrow => say "!high" | 11 09:00
    hello!high tomorrow => hello!high | 11 09:00
    wow ! high tide tomorrow => wow ! high tide | 11 09:00
    tomorrow call mom at 9 => call mom | 11 09:00
    friday dinner with Ana at 19:30 => dinner with Ana | 12 19:30
    at 17:00 leave today => leave | 10 17:00
    today stretch at 9 => today stretch at 9 | - | today at 9: past
    dentist, friday => dentist | 12 09:00
    dentist - friday at 14:30 => dentist | 12 14:30
    dentist: 20 mar => dentist | 20 09:00
    tomorrow: dentist => dentist | 11 09:00
    tomorrow, dentist => dentist | 11 09:00
    tomorrow - dentist => dentist | 11 09:00
    tomorrow. Dentist. => Dentist. | 11 09:00
    dentist,tomorrow => dentist | 11 09:00
    dentist tomorrow! => dentist | 11 09:00
    dentist tomorrow at 9. => dentist | 11 09:00
    dentist? tomorrow => dentist? | 11 09:00
    call mom tomorrow please => call mom | 11 09:00
    meeting at tomorrow 9am => meeting | 11 09:00
    finish the report by friday => finish the report | 12 09:00
    out of office until monday => out of office | 15 09:00
    tea in 20 min => tea | 10 10:20
    20 min tea => tea | 10 10:20
    eggs 7 min => eggs | 10 10:07
    in 3 business days send invoice => send invoice | 15 09:00
    send invoice in 2 weeks => send invoice | 24 11:00
    call back later => call back | 10 13:00
    lunch with Bob at noon => lunch with Bob | 10 12:00
    renew the passport on 20/03/2027 => renew the passport | 20 09:00
    renew the passport 20.03.2027 at 8:15 => renew the passport | 20 08:15
    pay rent on the 1st => pay rent | 2027-04-01 09:00
    retro first monday of next month => retro | 2027-04-05 09:00
    close the books end of month => close the books | 31 09:00
    stand-up next monday at 9:30 => stand-up | 15 09:30
    e-mail Bob 9am-ish => e-mail Bob 9am-ish | -
    9am-5pm shift => 9am-5pm shift | -
    room12h => room12h | -
    watch movie night at 8 => watch movie night | 11 08:00
    say good morning => say good morning | -
    morning run tomorrow => morning run | 11 09:00
    early bird tickets => early bird tickets | -
    plan the weekend => plan the weekend | -
    wake up tomorrow at 7 => wake up | 11 07:00
    turn the heating on tomorrow => turn the heating on | 11 09:00
    hand it in tomorrow => hand it in | 11 09:00
    buy a TV on black friday => buy a TV on black friday | -
    watch the sun => watch the sun | -
    sun cream => sun cream | -
    call Dom => call Dom | -
    dentist wed => dentist | 17 09:00
    walk half an hour => walk half an hour | -
    vitamin c once a day => vitamin c | 2027-03-11T09:00 | Every day at 09:00, New York time
    meditate for 20 minutes => meditate for 20 minutes | -
    2 hours of yoga => 2 hours of yoga | -
    10 minute meditation => 10 minute meditation | -
    2 hours of yoga tomorrow => 2 hours of yoga | 11 09:00
    1st draft of the report => 1st draft of the report | -
    come in 2nd => come in 2nd | -
    next month's budget => next month's budget | -
    pharmacy open 24/7 => pharmacy open 24/7 | -
    clean up a bit => clean up a bit | -
    call mom yesterday => call mom yesterday | - | yesterday: past
    photos from last friday => photos from last friday | - | last friday: past
    renew it in 3 years => renew it in 3 years | - | in 3 years: tooFar
    party on 31 february => party on 31 february | - | on 31 february: impossibleDate
    tomorrow ask about yesterday => ask about yesterday | 11 09:00
    💥 pay  the café tomorrow => 💥 pay  the café | 11 09:00
    thank each donor tomorrow => thank each donor | 11 09:00
    ligar para a mãe amanhã às 9h => ligar para a mãe | 11 09:00
    pay rent every month on the 1st at 9 => pay rent | 2027-04-01T09:00 | Every month on the 1st at 09:00, New York time
    every other friday at 17:00 water the plants => water the plants | 2027-03-12T17:00 | Every 2 weeks on Friday at 17:00, starting 12 Mar 2027, New York time
    every weekday at 8:30 stand-up => stand-up | 2027-03-11T08:30 | Every weekday at 08:30, New York time
    remind me every day at 9 to take the pills => take the pills | 2027-03-11T09:00 | Every day at 09:00, New York time
    take the pills every day at 9 and 21 => take the pills | 2027-03-10T21:00 | Every day at 09:00 and 21:00, New York time
    every day take the pills at 9 => take the pills | 2027-03-11T09:00 | Every day at 09:00, New York time
    weekly review friday at 17:00 => review | 2027-03-12T17:00 | Every Friday at 17:00, New York time
    drink water every 90 minutes => drink water | 2027-03-10T11:30 | Every 90 minutes, elapsed
    team lunch mondays => team lunch | 2027-03-15T09:00 | Every Monday at 09:00, New York time
    retro last friday of the month => retro | 2027-03-26T09:00 | Every month on the last Friday at 09:00, New York time
    water plants daily until 20 mar !low => water plants | 2027-03-11T09:00 | Every day at 09:00, until 20 Mar 2027, New York time | low
    read the daily => read the daily | -
    stand-up every second friday at 9 => unclearSeries("every second")
    meds every day at 9 and 21:30 => series(Domain.RecurrencePhraseError.unevenTimes)
    meds every 0 days => unclearSeries("every 0")
    party every 31 february => series(Domain.RecurrencePhraseError.rule(Domain.RecurrenceError.neverComes))
    drink "every hour" tomorrow => drink "every hour" | 11 09:00
    vitamin c twice a day => unclearSeries("twice a")
    each of us tomorrow => each of us | 11 09:00
    every friday => every friday | 2027-03-12T09:00 | Every Friday at 09:00, New York time
    20 march every year call mom => call mom | 2027-03-20T09:00 | Every year on 20 March at 09:00, New York time
    birthday of Ana every year on 20 march => birthday of Ana | 2027-03-20T09:00 | Every year on 20 March at 09:00, New York time
    """

  @Test(arguments: QuickRow.rows(table))
  func `a line is understood as it is meant`(row: QuickRow) {
    #expect(quick(row.typed) == row.expected)
  }
}
