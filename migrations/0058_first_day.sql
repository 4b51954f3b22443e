-- The first day that the form was asked for, or on which it was asked where it named none: the rule's first time may be weeks later, and an edit
-- begins anew from this day. Of what was typed in words nothing is kept, nor of older rules: they go on from their first time.
ALTER TABLE schedules
  ADD COLUMN first_day date,
  ADD CONSTRAINT schedules_first_day CHECK (first_day IS NULL OR rule IS NOT NULL);
GRANT UPDATE (first_day) ON schedules TO heed_web;
