/// What people write in English of habits and of their days: no word of it gets the human text.
enum CoachOrdinaryEnglish {
  static let sentences = coachLines(
    """
    what is due today
    how is my week
    How was my month?
    streak of Read
    what is my best day
    what did I miss
    how do I start again
    make Run easier
    pause Meditation
    thank you
    goodbye
    help
    stop smoking
    I want to stop smoking
    stop drinking coffee after noon
    take my vitamins
    take vitamin D every morning
    remind me to take my pills at 8
    I took my medicine this morning
    medicine at 8
    pills done
    kill two birds with one stone
    two birds, killed with one stone
    I killed it today
    I am killing it this week
    let's kill some time
    I want to learn to dive
    I want to start a diet
    I want to try a new diet
    my phone died
    the battery died during my run
    my streak died last week
    my motivation is dead
    my plants died, water them daily
    I died laughing
    dying to see my score
    I am dying to try the new habit
    that cake is to die for
    dead tired today
    deadlift 100 kg
    I did my dead lifts
    old habits die hard
    cut down on sugar
    I want to cut sugar
    I want to cut my hair
    cutting carbs this month
    my legs hurt after the run
    my back hurts from sitting
    beat my record
    I beat my best time by 2 minutes
    I hit the gym
    I want to hit my target this week
    hit snooze less
    eat more fruit
    eat breakfast every day
    stop eating after 8 pm is hard
    I want to eat less sugar
    I ate well today
    no sweets today
    skip dessert
    can I skip today
    can I skip Monday
    should I pause my habit
    should I stop this habit
    should I make it smaller
    can you stop reminding me
    how many days in a row
    how many pages should I read
    how much water did I drink
    how many times did I run
    what should I do today
    what can I do better
    when should I start
    is it ok to miss a day
    is it normal to miss a week
    I missed two days
    I forgot to read
    I failed again this week
    I am tired of this app
    I'm tired today
    tired of running
    I can't do this every day
    I don't want to run today
    I do not want to be late
    I hate running
    I give up on this habit
    I want to end the week well
    end of the week
    how did I end the month
    I want to finish it all by Friday
    the end of my list
    no reason to stop now
    live well
    I want to live healthier
    my life is busy
    change my life
    better off with mornings
    walk the dog
    play with my kids
    call my mother
    hug my wife
    read to my son
    doctor appointment on Monday
    go to the dentist
    water the plants
    drink water
    fast walking
    run fast
    meditate ten minutes
    push-ups 50
    read 20 pages
    1h30 of study
    practice guitar
    learn Portuguese
    what about tomorrow
    hello
    good morning
    how are you
    who are you
    are you a real person
    why did my streak end
    why is my score low
    when did I start
    how far is 30 days
    set my goal to 5 km
    I need a break
    I am on holiday
    I was sick yesterday, skip it
    I have a cold
    sick day
    rest day
    I wake up late
    I want to wake up at 6
    wake up early every day
    hang up the laundry
    shoot photos every Sunday
    jump rope 100 times
    jump in the pool
    burn 300 calories
    count calories
    my weight goal
    lose weight
    I want to lose 5 kg
    say goodbye to sugar
    kill the lights at ten
    write a note
    write a letter to grandma
    take a walk
    take the stairs
    take a cold shower
    mix the dough
    give the cat food
    change the time to 8
    I have a meeting with my boss
    I am afraid of missing a day
    my husband helps me
    my friend wants to run with me
    my friend wants to start meditating
    I did nothing today
    nothing is due
    I missed everything
    my skills improve
    improve my skill
    can you remind me to take my pills
    what is my streak of take my pills
    remind me when to take my pills
    how is my pills habit
    i want to kill it in the gym
    I feel dead after that run
    I'd die for a coffee
    my dog died yesterday
    I want to dye my hair
    cut myself shaving
    intermittent fasting
    not eating meat
    should I take vitamin D
    how many calories should I eat
    """)
}
