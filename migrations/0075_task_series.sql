-- Lists show how a task comes again, the board what was done last.
CALL listed('task_repeats');
CREATE INDEX tasks_by_completion ON tasks (user_id, completed_at DESC, id DESC)
  WHERE status = 'done' AND deleted_at IS NULL AND archived_at IS NULL;
