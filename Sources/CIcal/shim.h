#include <libical/ical.h>

/* Rules and times are structs of kilobytes that the library takes by value: here they stay in C. Times have no zone. */

static inline struct icaltimetype heed_ical_time(int year, int month, int day, int hour, int minute) {
  struct icaltimetype time = icaltime_null_time();
  time.year = year, time.month = month, time.day = day, time.hour = hour, time.minute = minute;
  return time;
}

/* NULL when the library does not take the rule. A rule that it reads but cannot follow has no frequency. */
static inline icalrecur_iterator *heed_ical_times(const char *text, struct icaltimetype from) {
  struct icalrecurrencetype rule = icalrecurrencetype_from_string(text);
  return rule.freq == ICAL_NO_RECURRENCE ? NULL : icalrecur_iterator_new(rule, from);
}
