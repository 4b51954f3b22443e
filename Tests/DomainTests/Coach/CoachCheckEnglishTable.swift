/// English texts against the facts of ``CoachCheckTests``: streak 14 days, total 41, 5.5 km, 80% and 12 of 15, Monday 5 January 2026 (today), a deadline
/// on 20 February 2026, reminder at 07:30, the habits “Read 20 pages” and “Run”, next milestone 30 with 16 days to it, Ana.
enum CoachCheckEnglish {
  static let taken = coachLines(
    """
    You kept “Read 20 pages” for 14 days in a row.
    Read 20 pages is at fourteen days now, Ana.
    “Run” has been kept 41 times.
    That is forty-one times for "Run".
    Forty one times, Ana, and each was your own.
    Fourteen days. One day at a time.
    It is 16 days to 30.
    Sixteen days to thirty, if you like to count.
    The first step was the hardest, and you have 14 days now.
    On the second day you may have doubted; now it is the fourteenth.
    This is your 14th day of “Run”.
    5.5 km today, and 14 days in all.
    You ran 5,5 km.
    You kept 80% this week.
    You kept 80 % this week.
    Eighty percent of the week is kept.
    You kept 80 per cent of it.
    Eighty per cent is a good part.
    12 of 15 were kept.
    Twelve of fifteen were kept.
    A dozen of fifteen were kept.
    You kept 12/15 this week.
    Kept on Monday, 5 January 2026: “Run”.
    Kept on January 5th: “Run”.
    Kept on the 5th of January, with 5.5 km.
    Kept on 2026-01-05, 14 days in a row.
    Kept on 5/1, the 14th in a row.
    Kept on 1/5/2026, the 14th in a row.
    Kept on 05.01.2026, day 14.
    On Jan 5 you ran 5.5 km.
    On Mon 5 Jan you ran 5.5 km.
    The deadline is on 20 February.
    The deadline is February 20, 2026.
    The deadline is on the 20th.
    February is when the goal ends, and 14 days are kept.
    In 2026 you began, and 14 days are kept.
    Your reminder comes at 07:30.
    Your reminder comes at 7:30 am.
    Your reminder comes at 7:30.
    Tomorrow is a new day, and 14 are kept.
    Today you kept “Run”.
    Monday suits you: 14 days.
    run and read 20 pages go well together.
    RUN is at 14 days.
    “read 20 pages” has grown into your evening.
    **Run** stands at 14 days.
    Ana, well kept: 14 days.
    14 days. I think that is a good place to be.
    Half of the week is over, and 12 are kept.
    Once more, “Run” is kept. You have found a way with it.
    14 days - and still going, Ana.
    What helped you to keep “Run” for 14 days?
    14 days; the path is calm.
    Kept, “Run” is. 14 days, you have walked.
    Both “Run” and “Read 20 pages” were kept, 12 of 15 in all.
    The best of it is that you chose it 41 times.
    You have 14 days. May it stay light.
    Fourteen days of “Run”, Ana, and a second cup of tea is earned.
    In one hour or in another, “Run” found its place for 14 days.
    """)

  static let refused: [(String, String)] = [
    ("You kept “Run” for 41 days and 15 nights, 42 in all.", "number"), ("You are at 13 days.", "number"),
    ("You have fifteen days and forty-two runs.", "number"),
    ("That is forty-two times for “Run”.", "number"), ("Forty two times you kept “Run”.", "number"), ("41% of the week is kept.", "number"),
    ("41 % of the week is kept.", "number"), ("Forty-one percent is kept.", "number"), ("14 per cent is kept.", "number"),
    ("You kept 80 runs.", "number"),
    ("Three days of “Run” are kept.", "number"), ("Two days of “Run” are kept.", "number"), ("Your third week with “Run”.", "number"),
    ("A hundred days of “Run”.", "number"), ("A thousand thanks, “Run” is kept.", "number"),
    ("Hundreds of pages, “Run” is kept.", "number"),
    ("Dozens of days of “Run”.", "number"), ("Two dozen days of “Run”.", "number"), ("Half a dozen days of “Run”.", "number"),
    ("One hundred and forty-one times “Run”.", "number"),
    ("Only 2 more days of “Run”.", "number"), ("6.5 km today with “Run”.", "number"), ("5.6 km today.", "number"),
    ("55 km today.", "number"),
    ("1,400 days of “Run”.", "number"), ("14,000 steps with “Run”.", "number"), ("You kept 11/15 this week.", "date"),
    ("Two is company, and “Run” is kept.", "number"), ("12 of 17 were kept.", "number"),
    ("15% is not much.", "number"), ("The 17th day of “Run”.", "number"), ("The 3rd week of “Run”.", "number"),
    ("٤٢ days of “Run”.", "number"),
    ("４２ days of “Run”.", "number"), ("④ days of “Run”.", "number"), ("⅔ of “Run” is kept.", "number"),
    ("4\u{200B}2 days of “Run”.", "number"),
    ("Thirteen days. “Run”.", "number"), ("seventeenth day of “Run”.", "number"), ("Ninety-nine days of “Run”.", "number"),
    ("Zero misses with “Run”.", "number"),
    ("0 misses with “Run”.", "number"), ("Kept on 6 January: “Run”.", "date"), ("Kept on January 6th: “Run”.", "date"),
    ("Kept on the 6th of January.", "date"),
    ("Kept on 2026-01-06: “Run”.", "date"), ("Kept on 6/1: “Run”.", "date"), ("Kept on 5/2/2026: “Run”.", "date"),
    ("Kept on 06.01.2026.", "date"),
    ("On January 5, 2025 you ran.", "date"), ("On 5 January 2025 you ran.", "date"), ("The deadline is on 21 February.", "date"),
    ("The deadline is in March.", "date"),
    ("In November you kept “Run”.", "date"), ("On the 21st you kept “Run”.", "number"), ("In 2025 you kept “Run”.", "number"),
    ("On Tuesday you kept “Run”.", "date"),
    ("Every Sunday you keep “Run”.", "date"), ("Yesterday you kept “Run”.", "date"), ("Your reminder comes at 07:45.", "date"),
    ("Your reminder comes at 7:30 pm.", "date"),
    ("Your reminder comes at 8 pm.", "date"), ("You did it at 6h45.", "date"), ("“Yoga” is kept for 14 days.", "name"),
    ("You kept \"Meditate\" for 14 days.", "name"),
    ("You kept «Write» for 14 days.", "name"), ("Your Yoga is kept for 14 days.", "name"), ("You kept “Run” and Yoga.", "name"),
    ("Well kept, Peter: 14 days.", "name"),
    ("You kept “Run”, as the Stoics did, for 14 days.", "name"), ("“Running” is kept for 14 days.", "name"),
    ("Your guitar is kept for 14 days.", "name"),
    ("Your Guitar lessons are kept for 14 days.", "name"), ("Você manteve “Run” por 14 dias, e isso é muito bom.", "language"),
    ("Du hast “Run” heute sehr gut gemacht, das ist ein schöner Tag, 14.", "language"),
    ("Has hecho “Run” hoy, y es muy bueno, pero sigue el camino, 14.", "language"),
    ("Vous avez fait “Run”, et vous êtes sur la bonne voie, 14.", "language"), ("Ты молодец, так держать, очень хорошо, 14.", "language"),
    ("<script>alert(14)</script> “Run”", "markup"), ("<b>“Run”</b> is kept.", "markup"), ("“Run” is kept &lt;14&gt;.", "markup"),
    ("“Run” is kept.</p>", "markup"),
    ("[“Run”](https://evil.example) is kept.", "markup"), ("See https://evil.example for 14 days.", "markup"),
    ("See www.evil.example for 14 days.", "markup"),
    ("`Run` is kept.", "markup"), ("# “Run” is kept", "markup"), ("| “Run” | 14 |", "markup"), ("“Run” is kept\u{0}.", "markup"),
    ("“Run” \u{202E}is kept.", "markup"),
    ("{{facts}} “Run”", "markup"), ("javascript:alert(1) “Run”", "markup"), ("<img src=x> “Run”", "markup"), ("<!-- x --> “Run”", "markup"),
    ("", "empty"), (" \n ", "empty"),
    ("**", "empty"), ("You failed again with “Run”.", "tone_blame"), ("You failed “Run”.", "tone_blame"),
    ("No excuses, keep “Run”.", "tone_blame"),
    ("You should have kept “Run”.", "tone_blame"), ("It is your fault that “Run” is open.", "tone_blame"),
    ("Do not be lazy with “Run”.", "tone_blame"),
    ("I am disappointed about “Run”.", "tone_disappointment"), ("You let yourself down with “Run”.", "tone_blame"),
    ("You lost your streak of 14 days.", "tone_loss"),
    ("Do not lose your streak of 14 days.", "tone_loss"), ("You will lose everything, 14 days.", "tone_loss"),
    ("Back to zero with “Run”.", "tone_loss"),
    ("Your streak of 14 days is in danger.", "tone_threat"), ("Your 14 days are at risk.", "tone_threat"),
    ("This is your last chance for “Run”.", "tone_threat"),
    ("Hurry, “Run” is waiting.", "tone_threat"), ("I will miss you until “Run”.", "tone_dependence"),
    ("You need me for “Run”.", "tone_dependence"),
    ("I'm always here for you and “Run”.", "tone_dependence"), ("Don't leave before “Run”.", "tone_dependence"),
    ("Crush it with “Run”.", "tone_shouting"),
    ("“Run” is kept!!", "tone_shouting"), ("Well! “Run” is kept! 14 days.", "tone_shouting"), ("WELL DONE with “Run”.", "tone_shouting"),
    ("You are unstoppable, 14 days.", "tone_shouting"),
    ("I cannot help with that.", "tone_refusal"), ("I'm sorry, but I can't assist with “Run”.", "tone_refusal"),
    ("As an AI, I like “Run”.", "tone_refusal"),
    ("Well done. Keep it up.", "no_fact"), ("A calm day it was, and a good one.", "no_fact"),
    ("One step, then another. The first is the hardest.", "no_fact"),
  ]
}
