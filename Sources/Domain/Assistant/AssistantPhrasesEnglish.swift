/// English. What the words mean to people, not to grammar: case, accents and "please" are gone before.
extension AssistantPhrases {
  static let english = AssistantPhrases([
    (.hello, "hi|hello|hey [there|heed|again]\ngood morning|afternoon|evening|day [heed]"),
    (.thanks, "thanks|thank|thx|ty|cheers [you] [so|very|a] [much|lot] [heed]\ngreat|perfect|nice|cool|wonderful|good [job|work]"),
    (
      .help,
      """
      help [me] [out]
      what can|do you do [for] [me]
      what can i ask|say|do|type [you] [here]
      how does|do this|it|you work
      commands|menu|examples
      """
    ),
    (
      .yes,
      """
      yes|yep|yeah|yup|sure|ok|okay|y|agreed|correct [do] [it|that]
      do it|that|so
      go ahead|on
      accept|confirm|approve [it|that|this|them|all] [all]
      accept|confirm|approve the|all|this|that [the] proposal|proposals|change|changes
      """
    ),
    (
      .no,
      """
      no|nope|nah|cancel|stop [it|that]
      never mind
      nevermind
      forget it|that|about [it]
      refuse|reject|decline [it|that|this|them|the] [proposal|all]
      """
    ),
    (
      .reopen, "reopen|undo *\nmark * [as] not done|finished\nmark * as open"
    ),
    (
      .done,
      """
      mark|set|check|tick * [as] done|complete|completed|finished
      mark|set|check|tick as done|complete|completed|finished *
      check|tick off *
      tick *
      done|finished [with] [:] *
      complete|finish *
      i did|finished|completed *
      i have done|finished|completed *
      i am done|finished with *
      * is|are done|finished|complete|completed
      """
    ),
    (.start, "start|begin [working] [on|with] *\ni am working on *\ni have|am started|starting *"),
    (
      .deleteAll,
      """
      delete|remove|erase|trash|clear|wipe|destroy|purge everything|all|every
      delete|remove|erase|trash|clear|wipe|destroy|purge everything|all|every [of] *
      delete|remove|erase|trash|clear|wipe [all] [my|the] [whole] tasks|reminders|events|people|contacts|places|goals|deadlines|problems|habits|data
      empty everything|all
      """
    ),
    (
      .delete,
      """
      delete|remove|erase|trash|bin *
      get rid of *
      throw|chuck away|out *
      throw|put|move * away|out
      put|move|throw * in|into|to [the] trash|bin
      """
    ),
    (
      .snooze,
      """
      snooze|postpone|delay|defer * until|till|to|for|by %when
      snooze|postpone|delay|defer * %when
      put|push off|back * until|till|to|for|by %when
      put|push * off|back until|till|to|for|by %when
      remind me again about|of * until|at|in|on %when
      snooze|postpone|delay|defer * until|till *
      snooze|postpone|delay|defer *
      """
    ),
    (
      .reminder,
      """
      remind me|us *
      remind me|us again *
      set|create|add|make|new [me|up] [a|another|new] reminder [:|to|about|that|for] *
      new|another reminder [:] *
      reminder [:|to] *
      do not let me forget [to|about|that] *
      """
    ),
    (
      .task,
      """
      add|create|make|new|write|note [down|me] [a|another|the] [new] task|todo [:|to|called|named] *
      add|create|make|new [me] [a|another] [new] to do [:] *
      add|put|write * on|to|in my|the list|tasks|todos
      add|put|write * on|to|in my|the task|todo|shopping list
      add|put|write * on|to|in my|the to do list
      task|todo [:] *
      to do : *
      i need|have|must|ought to *
      i must|should [not] *
      note|write|jot down [that|:] *
      note : *
      """
    ),
    (
      .event,
      """
      schedule|add|create|make|book|plan|set [up|me] [a|an|another] [new] event|meeting|appointment [:] *
      new|another event|meeting|appointment [:] *
      put|add|schedule|book * on|in|to|into my|the calendar|agenda|diary
      schedule|book *
      """
    ),
    (.person, "add|create|save|new [a|another] [new] person|contact|friend|colleague [:|called|named] *"),
    (
      .overdue,
      """
      what is|are overdue|late
      overdue [things|tasks|items]
      what am i late with|on|for
      anything|something overdue|late
      is|are there anything overdue|late
      """
    ),
    (
      .recent,
      """
      what did i do|finish|complete lately|recently
      what have i done|finished|completed lately|recently
      what have i been doing [lately|recently]
      what have i been up to [lately|recently]
      """
    ),
    (
      .due,
      """
      what [things] is|are due [%days]
      what [all] do i have|need to do|finish [%days]
      what do i have left [to] [do] [%days]
      what have|must i [got] [to] do|finish [%days]
      what needs|has to be done|finished [%days]
      what is|are still [to] [do|open] [%days]
      what is on my list|plate|todo [list] [%days]
      what is on my to do list [%days]
      anything|something|things [to] due|do [%days]
      is|are there|anything [anything|something] due [%days]
      due [%days]
      what|which tasks|reminders|deadlines|things are|is due|open|left|waiting|coming [up] [%days]
      what|which tasks|reminders|deadlines do i have [%days]
      [my|list|all] [all|my] tasks|reminders|deadlines|todos [due] [%days]
      what is|are my tasks|reminders|deadlines [%days]
      when is|are my next deadline|deadlines
      """
    ),
    (
      .nextEvent,
      """
      when|what is my|the next meeting|event|appointment
      [my] next meeting|event|appointment
      what is coming up
      """
    ),
    (
      .nextSeen,
      """
      when do|will|am|shall|can i|we [next] see|meet|seeing|meeting|visit [with] * next time
      when do|will|am|shall|can i|we [next] see|meet|seeing|meeting|visit [with] * [next|again]
      when do|will|am i|we [next] talk|speak|talking|speaking to|with * [next|again]
      when is|are my|our|the next meeting|call|appointment|lunch|dinner|time with *
      next meeting|call|appointment|lunch|dinner with *
      when is|are my|our|the meeting|call|appointment|lunch|dinner with *
      """
    ),
    (
      .lastSeen,
      """
      when did i|we [last|lastly] see|meet|contact|call|visit * the last time
      when did i|we [last|lastly] see|meet|contact|call|visit|phone|email|write * [last]
      when did i|we [last] talk|speak|write|hear to|with|from|of * [last]
      when did i|we [last] meet with * [last]
      when have i|we last seen|met|called|contacted|visited *
      when have i|we last talked|spoken|heard to|with|from|of *
      when was the last time i|we saw|met|called|contacted|visited|seen *
      when was the last time i|we talked|spoke|heard to|with|from|of *
      [the] last time i|we saw|met|called|contacted|visited *
      [the] last time i|we talked|spoke|heard to|with|from|of *
      how long since|ago [did] i|we [last] saw|met|see|meet *
      how long is|has it [been] since i|we [last] saw|met|called *
      how long is|has it [been] since i|we [last] talked|spoke|heard to|with|from|of *
      when was [my|our|the] last meeting|call|contact|appointment with *
      last contact with *
      """
    ),
    (
      .advice,
      """
      what should|shall|can|could|must|do i do|start|tackle [now|next|first|about] [%days]
      what should|shall|can i work on [now|next|first] [%days]
      what [is] next
      what now
      what to do [now|next|first] [%days]
      where do|should|shall i start|begin [%days]
      plan my day
      what is [the|my|most] [most] important|urgent|priority [thing|now] [%days]
      what are my priorities [%days]
      suggest|recommend something|anything [to] [do]
      what do you suggest|recommend
      """
    ),
    (
      .free,
      """
      when am|are i|we free|available [%min] [%days]
      when am|are i|we free|available [%days] [%min]
      am i free|available [%min] [%days]
      am i free|available [%days] [%min]
      am i busy [%days]
      when do i have time|space|room [free] [%min] [%days]
      when do i have [free|some] time [%min] [%days]
      when do i have [free|some] time [%days] [%min]
      when do i have %min [free] [%days]
      do i have [free|some|any] time [free] [%min] [%days]
      do i have [free|some|any] time [%days] [%min]
      do i have %min [free] [%days]
      [my|any] free|available [time|times|slot|slots|hours] [%min] [%days]
      [my|any] free|available [time|times|slot|slots|hours] [%days] [%min]
      is|are there [a|any|some] free|open [time|slot|slots|times] [%min] [%days]
      is|are there [a|any|some] free|open [time|slot|slots|times] [%days] [%min]
      find|get [me] [a|some] [free] time|slot|slots|gap [%min] [%days]
      find|get [me] [a|some] [free] time|slot|slots|gap [%days] [%min]
      find|get [me] %min [free] [%days]
      when is|are %min free [%days]
      i need %min [free] [%days]
      when is|are there [free] time [%days]
      """
    ),
    (
      .agenda,
      """
      what is|was|are [going] on|happening|scheduled|planned|up [in|on] [my|the] [calendar|agenda|schedule] [%days]
      what is|was|are going on [%days]
      what is|are in|on my|the calendar|agenda|schedule|diary [%days]
      what is my day|week|schedule|agenda|calendar|plan [like] [%days]
      how|what is|does my day|week|schedule|agenda|calendar look [like] [%days]
      what do i have [on|planned|scheduled] [%days]
      what have i [got] [on|planned] [%days]
      do i have anything|something|plans|meetings|events|appointments|calls|any [meetings|events|appointments|plans] [on|planned|scheduled] [%days]
      have i [got] anything|something|plans|meetings|events|appointments [on|planned] [%days]
      [any|my|all|list] [my] meetings|events|appointments|calls|plans [%days]
      [is|are] [there] any|anything meetings|events|appointments|on|planned [%days]
      which|what meetings|events|appointments|calls do i have [%days]
      which|what meetings|events|appointments|calls are there|on [%days]
      [my|the] agenda|calendar|schedule [for|of] [%days]
      my day|week [%days]
      where do i have|need to be [%days]
      """
    ),
    (
      .who,
      """
      who is|was|are *
      who * is|was
      tell me [more|something|everything] about *
      about *
      what do you|i|we know about *
      what is|are * phone|email|number|birthday|address|company|job [number|address]
      what is|are the phone|email|number|birthday|address [number|address] of *
      [info|information|details] on|about|of *
      when is * birthday
      where does * work|live
      who does * work for|with
      how do|can i reach|contact *
      """
    ),
    (
      .find,
      """
      find|search|lookup [me|for] [:] *
      look for|up *
      where is|are|was|were [my|the] *
      where did i put|write|note|save|leave [down] *
      do i have a|an|any|something|anything note|notes|task|reminder about|on|with|for *
      """
    ),
  ])
}
