/// Every feature, in the order in which a round of a worker comes to them. A new one is a line here, its routes in ``site``, and its folder.
let features: [Feature] = [.reminders, .escalations, .deliveries, .accounts, .records]
