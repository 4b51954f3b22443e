/// What people ask in English, by what it means. The habits are Read, Running and Meditation.
enum CoachIntentEnglish {
  static let table = """
    due: what is due today | what's due | What do I have to do today? | what is left today | what's next | due | today | to do | what should I do now | what habits are left | anything pending | what are my habits today | what remains for today | show me today | todays habits | what is stil due | what are my habits | which habits do I have | show me my habits | what should I do? | my habits
    week: how is my week | how was my week? | week | this week please | weekly summary | hows my week going | how am I doing | how did I do | my progress | review | report for the week | the last 7 days | how was last week | how is my weeek
    month: how is my month | how was last month | month | monthly summary | the last 30 days | how did my month go | this month please
    streak: streak of Read | what is my streak for Running | how long is my streak | my Meditation streak | Read | Runing | how is Meditation going | how many days in a row | longest streak | streak Medtation | my record | how many days have I done Read | how is Read doing | sreak of Read
    best_day: what is my best day | best day | which day is my best | what weekday is best for me | my strongest day | which day of the week works best | when am I at my best
    missed: what did I miss | what have I missed | did I miss anything | which habits did I skip | missed days | what did I forget yesterday | what was left open yesterday | when did I miss Read
    again: how do I start again | I want to start over | how do I begin again | help me get back on track | restart | I fell off | how to get back into it | pick it up again | a fresh start | how do I start again with Read
    easier: make Read easier | make it easier | make Running smaller | Read is too much | it is too hard | lower the target of Running | reduce my goal | easier please | can we make Meditation shorter and simpler | I want to do less
    pause: pause Read | pause | I need a break | take a break from Running | put Meditation on hold | I am on vacation next week | I'm sick | pause everything | stop Running for a while | I need a rest
    thanks: thank you | thanks | thx | thanks a lot | many thanks | thank you so much | cheers | much appreciated
    goodbye: bye | goodbye | good bye | good night | see you | talk to you later | I have to go | take care | see ya
    hello: hello | hi | hey | hi there | good morning | good evening | how are you
    help: help | what can you do | what can I ask you | how does this work | who are you | commands | give me examples
    -: what is the capital of France | tell me a joke | asdf qwer | 42 | who won the game | I like cheese | the weather is nice | can you sing | why is the sky blue | delete all my habits | delete my habits due today | delete Read | remove Running please | rename my habit | what goals do I have? | how are my goals | what do you think about cheese | what are good habits for sleep | are all my habits in vain
    """
}
