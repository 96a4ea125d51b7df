// cold: how long a program takes from nothing. Prints one JSON line: medians over the repetitions.
//   cold [-n reps] -r REQUEST -e EXPECTED PATH -- CMD ARGS...    socket activation: holds a listener at PATH; connects, starts CMD
//        with it as fd 3 (LISTEN_FDS, LISTEN_PID, LISTEN_FDNAMES=ask), waits for the first reply, then kills CMD
//   cold [-n reps] -x -- CMD ARGS...                             runs CMD to its end; it must exit 0
//   cold [-n reps] -i FILE -x -- CMD ARGS...                     runs CMD once for each of the first reps lines of FILE, which it gets on standard input;
//        it must exit 0 or 2, as hooks do
// In REQUEST, ######## becomes a number.
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_REPS = 200, REPLY_CAP = 4096, REPLY_TIMEOUT_MS = 5000, MAX_FAILURES = 3, LISTEN_FDS_START = 3 };

struct sample { double wall_ms, cpu_ms, rss_kb, pss_kb; };

static struct sockaddr_un address;
static char request[REPLY_CAP], reply[REPLY_CAP];
static const char *expected = "";
static int listener = -1, input = -1;

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

static double memory_kb(pid_t pid, const char *key)
{
    char path[64], line[256];
    double value = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (!strncmp(line, key, strlen(key)))
            value = atof(line + strlen(key));
    if (file)
        fclose(file);
    return value;
}

static void become(char **command)
{
    int nowhere = open("/dev/null", O_RDWR);
    dup2(input >= 0 ? input : nowhere, 0);
    dup2(nowhere, 1);
    if (listener >= 0) {
        if (listener == LISTEN_FDS_START)
            fcntl(listener, F_SETFD, 0);
        else
            dup2(listener, LISTEN_FDS_START);
        char pid[16];
        snprintf(pid, sizeof pid, "%d", getpid());
        setenv("LISTEN_FDS", "1", 1);
        setenv("LISTEN_PID", pid, 1);
        setenv("LISTEN_FDNAMES", "ask", 1);
    }
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

// Waits for one whole line; 0 when it is the expected one.
static int await_reply(int fd)
{
    size_t have = 0;
    struct pollfd readable = { .fd = fd, .events = POLLIN };
    while (!memchr(reply, '\n', have)) {
        if (have == sizeof reply - 1 || poll(&readable, 1, REPLY_TIMEOUT_MS) <= 0)
            return -1;
        ssize_t got = read(fd, reply + have, sizeof reply - 1 - have);
        if (got <= 0)
            return -1;
        have += (size_t)got;
        reply[have] = 0;
    }
    return strstr(reply, expected) ? 0 : -1;
}

static int first_reply(char **command, struct sample *s)
{
    reply[0] = 0;
    double start = now_ms();
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address)) {
        perror(address.sun_path);
        exit(73);
    }
    pid_t pid = fork();
    if (pid == 0)
        become(command);
    int bad = send(fd, request, strlen(request), MSG_NOSIGNAL) < 0 || await_reply(fd);
    s->wall_ms = now_ms() - start;
    s->rss_kb = memory_kb(pid, "Rss:");
    s->pss_kb = memory_kb(pid, "Pss:");
    close(fd);
    int status;
    struct rusage usage;
    int ended = wait4(pid, &status, WNOHANG, &usage) == pid;
    if (!ended) {
        kill(pid, SIGKILL);
        wait4(pid, &status, 0, &usage);
    }
    s->cpu_ms = (seconds(usage.ru_utime) + seconds(usage.ru_stime)) * 1e3;
    if (bad && ended)
        fprintf(stderr, "cold: %s ended with status %x\n", command[0], (unsigned)status);
    else if (bad)
        fprintf(stderr, "cold: %s answered: %s\n", command[0], reply[0] ? reply : "nothing");
    return bad;
}

static int whole_run(char **command, struct sample *s)
{
    double start = now_ms();
    pid_t pid = fork();
    if (pid == 0)
        become(command);
    int status;
    struct rusage usage;
    wait4(pid, &status, 0, &usage);
    s->wall_ms = now_ms() - start;
    s->cpu_ms = (seconds(usage.ru_utime) + seconds(usage.ru_stime)) * 1e3;
    s->rss_kb = (double)usage.ru_maxrss;
    int bad = status && !(input >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 2);
    if (bad)
        fprintf(stderr, "cold: %s ended with status %x\n", command[0], (unsigned)status);
    return bad;
}

// The next line of the inputs as a file of its own: the run then waits for nobody to write it.
static void next_input(FILE *inputs)
{
    static char *line;
    static size_t cap;
    ssize_t length = getline(&line, &cap, inputs);
    if (input >= 0)
        close(input);
    input = memfd_create("input", MFD_CLOEXEC);
    if (length < 0 || input < 0 || write(input, line, (size_t)length) != length || lseek(input, 0, SEEK_SET)) {
        perror("cold: input");
        exit(66);
    }
}

static void listen_at(const char *path)
{
    address.sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr, "cold: %s is longer than %zu bytes\n", path, sizeof address.sun_path - 1);
        exit(64);
    }
    strcpy(address.sun_path, path);
    unlink(path);
    umask(0177);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 64)) {
        perror(path);
        exit(73);
    }
    umask(022);
}

static void set_request(const char *text)
{
    snprintf(request, sizeof request, "%s\n", text);
    char *id = strstr(request, "########");
    if (id)
        memcpy(id, "10000000", 8);
}

static double column(const struct sample *samples, int n, size_t offset, double *least, double *p99, double *most)
{
    double values[MAX_REPS];
    for (int i = 0; i < n; i++)
        values[i] = *(const double *)((const char *)&samples[i] + offset);
    qsort(values, (size_t)n, sizeof *values, ascending);
    if (least)
        *least = values[0];
    if (p99)
        *p99 = values[n * 99 / 100];
    if (most)
        *most = values[n - 1];
    return values[n / 2];
}

int main(int argc, char **argv)
{
    int option, reps = 9, whole = 0;
    FILE *inputs = 0;
    while ((option = getopt(argc, argv, "+n:r:e:i:x")) != -1)
        switch (option) {
        case 'n': reps = atoi(optarg); break;
        case 'r': set_request(optarg); break;
        case 'e': expected = optarg; break;
        case 'i': inputs = fopen(optarg, "r"); break;
        case 'x': whole = 1; break;
        default: return 64;
        }
    if (!whole && optind < argc)
        listen_at(argv[optind++]);
    if (optind < argc && !strcmp(argv[optind], "--"))
        optind++;
    if (optind >= argc || reps < 1 || reps > MAX_REPS || (!whole && !request[0])) {
        fprintf(stderr, "usage: cold [-n reps] ([-i FILE] -x | -r REQUEST -e EXPECTED PATH) -- CMD ARGS...\n");
        return 64;
    }
    static struct sample samples[MAX_REPS];
    int good = 0, failed = 0;
    for (int i = 0; i < reps && failed < MAX_FAILURES; i++) {
        if (inputs)
            next_input(inputs);
        if (whole ? whole_run(argv + optind, &samples[good]) : first_reply(argv + optind, &samples[good]))
            failed++;
        else
            good++;
    }
    if (!good)
        return 1;
    double least, p99, most, median = column(samples, good, offsetof(struct sample, wall_ms), &least, &p99, &most);
    printf("{\"reps\":%d,\"errors\":%d,\"ms\":%.3f,\"min\":%.3f,\"p99\":%.3f,\"max\":%.3f,\"cpu_ms\":%.3f,\"rss_kb\":%.0f,\"pss_kb\":%.0f}\n",
           good, failed, median, least, p99, most, column(samples, good, offsetof(struct sample, cpu_ms), 0, 0, 0),
           column(samples, good, offsetof(struct sample, rss_kb), 0, 0, 0), column(samples, good, offsetof(struct sample, pss_kb), 0, 0, 0));
    return 0;
}
