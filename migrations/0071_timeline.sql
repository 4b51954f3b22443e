-- The list of escalations narrowed to one state, and a timeline narrowed to what people said of it: pages that read no more rows than they show. Each row
-- enters the first two once, when nobody asks by it any more; steps never enter the third. Holds writes to escalations for some seconds a million; safe
-- while the site runs.

CREATE INDEX escalations_acknowledged ON escalations (user_id, id) WHERE state = 'acknowledged';
CREATE INDEX escalations_ended ON escalations (user_id, id) WHERE NOT open AND state <> 'acknowledged';

-- Also who cannot take it, which is asked of each step that tells contacts.
CREATE INDEX escalation_events_said ON escalation_events (escalation_id, at, id) WHERE kind IN ('note', 'declined');
