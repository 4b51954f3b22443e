// libfcgi, and the few Linux calls that Swift's Glibc module does not show: they need _GNU_SOURCE,
// which that module is built without, or are variadic.
#include <fcgiapp.h>
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <spawn.h>

extern int accept4(int, void *, void *, int) __asm__("accept4");
extern int memfd_create(const char *, unsigned int);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);

// One connection of a listening socket, closed on exec. -1 and errno when there is none.
static inline int fastcgi_accept(int listener) { return accept4(listener, 0, 0, 02000000 /* SOCK_CLOEXEC */); }
// A nameless file in memory, closed on exec.
static inline int fastcgi_memory_file(void) { return memfd_create("fastcgi", 1u /* MFD_CLOEXEC */); }
static inline int fastcgi_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}
// The signal this process gets when its parent dies.
static inline int fastcgi_parent_death_signal(int signal) { return prctl(PR_SET_PDEATHSIG, (unsigned long)signal, 0ul, 0ul, 0ul); }
// The environment; `environ` itself is a global variable, which Swift 6 does not let anybody touch.
extern char **environ;
static inline char **fastcgi_environment(void) { return environ; }
