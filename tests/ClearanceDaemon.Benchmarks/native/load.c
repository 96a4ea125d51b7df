// load: a bounded load generator for servers that answer JSON lines on a Unix socket. Prints one JSON line.
//   load -u PATH -r REQUEST -e EXPECTED [-m load|connect|idle] [-c connections] [-p depth] [-t threads] [-d seconds] [-w warmup]
//        [-P server-pid (its CPU time is counted)] [-k CPU (pin this client and that server to one CPU)]
// load: keeps `depth` requests in flight on every connection. connect: every thread connects, asks once, closes, again.
// idle: opens the connections, asks once on each, prints, and holds them until stdin ends.
// foreign_cpu: how many CPUs others kept busy meanwhile; a figure taken beside other work says little.
// In REQUEST, ######## becomes a number unique in the pipeline window. Every reply must contain EXPECTED.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "clocks.h"
#include "histogram.h"

enum { BUFFER = 16384, EVENTS = 256, MAX_SECONDS = 60, MAX_ERRORS = 1000 };
enum mode { LOAD, CONNECT, IDLE };

struct connection {
    int fd;
    unsigned next, head;
    size_t have, reply_length;
    uint64_t *sent;
    char *buffer;
};

struct worker {
    pthread_t thread;
    int connections;
    uint64_t answered, done, errors, most, histogram[BUCKETS];
};

static struct sockaddr_un address;
static char *request, *batch;
static size_t request_length;
static const char *expected = "";
static size_t expected_length;
static enum mode mode = LOAD;
static int connections = 1, depth = 1, threads = 1, pinned_cpu = -1;
static double seconds = 2, warmup = 0.5;
static pid_t server;
static atomic_int measuring, stopping, ready, complained;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void complain(const char *reply, size_t length)
{
    if (!atomic_exchange(&complained, 1))
        fprintf(stderr, "load: unexpected reply: %.*s\n", (int)(length < 400 ? length : 400), reply);
}

static void count(struct worker *w, uint64_t ns)
{
    histogram_add(w->histogram, ns);
    w->done++;
    if (ns > w->most)
        w->most = ns;
}

// Reading every reply would slow the client: after the first good one, another of the same length is good too, and an error is longer
// or shorter.
static int good_reply(struct connection *c, const char *line, size_t length)
{
    if (length == c->reply_length)
        return 1;
    if (!memmem(line, length, expected, expected_length)) {
        complain(line, length);
        return 0;
    }
    c->reply_length = length;
    return 1;
}

static int dial(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        die("socket");
    for (int tries = 0; connect(fd, (struct sockaddr *)&address, sizeof address) < 0; tries++) {
        if (errno != EAGAIN || tries > 20000) { // EAGAIN: the backlog is full
            close(fd);
            return -1;
        }
        usleep(100);
    }
    return fd;
}

static int exchange(int fd, char *buffer)
{
    if (send(fd, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length)
        return -1;
    size_t have = 0;
    char *end;
    do {
        ssize_t got = read(fd, buffer + have, BUFFER - have);
        if (got <= 0)
            return -1;
        have += (size_t)got;
        end = memchr(buffer, '\n', have);
    } while (!end);
    if (memmem(buffer, (size_t)(end - buffer), expected, expected_length))
        return 0;
    complain(buffer, (size_t)(end - buffer));
    return -1;
}

static void *connector(void *arg)
{
    struct worker *w = arg;
    char *buffer = malloc(BUFFER);
    while (!stopping && w->errors < MAX_ERRORS) {
        int counted = measuring;
        uint64_t start = now();
        int fd = dial();
        int bad = fd < 0 || exchange(fd, buffer);
        if (fd >= 0)
            close(fd);
        w->answered += !bad;
        if (bad)
            w->errors++;
        else if (counted && measuring)
            count(w, now() - start);
    }
    return 0;
}

static int send_requests(struct connection *c, unsigned n)
{
    uint64_t t = now();
    for (unsigned i = 0; i < n; i++)
        c->sent[(c->next + i) % (unsigned)depth] = t;
    ssize_t wanted = (ssize_t)(n * request_length);
    ssize_t wrote = send(c->fd, batch + c->next * request_length, (size_t)wanted, MSG_NOSIGNAL);
    c->next = (c->next + n) % (unsigned)depth;
    return wrote == wanted ? 0 : -1;
}

// Takes what one read brought and asks as often again; -1 when the connection is over.
static int turn(struct worker *w, struct connection *c, int flags)
{
    ssize_t got = recv(c->fd, c->buffer + c->have, BUFFER - c->have, flags);
    if (got < 0 && errno == EAGAIN)
        return 0;
    if (got <= 0)
        return stopping ? 0 : -1;
    c->have += (size_t)got;
    uint64_t t = now();
    int counted = measuring;
    unsigned replies = 0;
    char *at = c->buffer, *end = c->buffer + c->have, *newline;
    while ((newline = memchr(at, '\n', (size_t)(end - at)))) {
        if (!good_reply(c, at, (size_t)(newline - at)))
            return -1;
        if (counted)
            count(w, t - c->sent[c->head]);
        c->head = (c->head + 1) % (unsigned)depth;
        replies++;
        at = newline + 1;
    }
    c->have = (size_t)(end - at);
    if (c->have == BUFFER)
        return -1;
    memmove(c->buffer, at, c->have);
    w->answered += replies;
    return replies && !stopping ? send_requests(c, replies) : 0;
}

static void open_connection(struct connection *c, int poller)
{
    c->buffer = malloc(BUFFER);
    c->sent = calloc((size_t)depth, sizeof *c->sent);
    c->fd = dial();
    if (c->fd < 0)
        die("connect");
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
    epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event);
}

static void *loader(void *arg)
{
    struct worker *w = arg;
    struct connection *all = calloc((size_t)w->connections, sizeof *all);
    int poller = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < w->connections; i++)
        open_connection(&all[i], poller);
    atomic_fetch_add(&ready, w->connections);
    for (int i = 0; i < w->connections; i++)
        if (send_requests(&all[i], (unsigned)depth))
            die("send");
    if (w->connections == 1) { // plain blocking reads: no poller between the request and its reply
        while (!stopping)
            if (turn(w, all, 0)) {
                perror("load: the connection ended");
                w->errors++;
                return 0;
            }
        return 0;
    }
    struct epoll_event events[EVENTS];
    while (!stopping) {
        int n = epoll_wait(poller, events, EVENTS, 200);
        for (int i = 0; i < n; i++) {
            struct connection *c = events[i].data.ptr;
            if (turn(w, c, MSG_DONTWAIT)) {
                w->errors++;
                epoll_ctl(poller, EPOLL_CTL_DEL, c->fd, 0);
            }
        }
    }
    return 0;
}

static int hold_idle(void)
{
    char *buffer = malloc(BUFFER);
    int open = 0;
    for (; open < connections; open++) {
        int fd = dial();
        if (fd < 0 || exchange(fd, buffer))
            break;
    }
    printf("{\"requests\":%d,\"errors\":%d}\n", open, connections - open);
    fflush(stdout);
    alarm(MAX_SECONDS);
    while (read(0, buffer, BUFFER) > 0) { }
    return open != connections;
}

static void pin_server(const cpu_set_t *cpus)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", server);
    DIR *tasks = server ? opendir(path) : 0;
    for (struct dirent *task; tasks && (task = readdir(tasks));)
        if (task->d_name[0] != '.')
            sched_setaffinity(atoi(task->d_name), sizeof *cpus, cpus);
    if (tasks)
        closedir(tasks);
}

static void pin(cpu_set_t *before)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET((size_t)pinned_cpu, &one);
    sched_getaffinity(0, sizeof *before, before);
    if (sched_setaffinity(0, sizeof one, &one))
        die("sched_setaffinity");
    pin_server(&one);
}

static void prepare(const char *path, const char *text)
{
    address.sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr, "load: %s is longer than %zu bytes\n", path, sizeof address.sun_path - 1);
        exit(64);
    }
    strcpy(address.sun_path, path);
    request_length = strlen(text) + 1;
    batch = malloc(request_length * 2 * (size_t)depth + 1);
    for (int i = 0; i < 2 * depth; i++) {
        char *line = batch + (size_t)i * request_length, id[12];
        memcpy(line, text, request_length - 1);
        line[request_length - 1] = '\n';
        char *place = memmem(line, request_length, "########", 8);
        snprintf(id, sizeof id, "%08d", 10000000 + i % depth);
        if (place)
            memcpy(place, id, 8);
    }
    request = batch;
    expected_length = strlen(expected);
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

static int report(const struct worker *workers, uint64_t wall, uint64_t cpu, double foreign, uint64_t stuck)
{
    static uint64_t histogram[BUCKETS];
    uint64_t answered = 0, done = 0, errors = stuck, most = 0;
    for (int i = 0; i < threads; i++) {
        for (int b = 0; b < BUCKETS; b++)
            histogram[b] += workers[i].histogram[b];
        answered += workers[i].answered;
        done += workers[i].done;
        errors += workers[i].errors;
        if (workers[i].most > most)
            most = workers[i].most;
    }
    double elapsed = (double)wall / 1e9;
    printf("{\"requests\":%llu,\"answered\":%llu,\"errors\":%llu,\"seconds\":%.3f,\"rps\":%.0f,", (unsigned long long)done,
           (unsigned long long)answered, (unsigned long long)errors, elapsed, (double)done / elapsed);
    printf("\"p50\":%.2f,\"p99\":%.2f,\"p999\":%.2f,\"max\":%.1f,", histogram_percentile_us(histogram, done, .5),
           histogram_percentile_us(histogram, done, .99), histogram_percentile_us(histogram, done, .999), (double)most / 1000.0);
    printf("\"cpu_us\":%.3f,\"foreign_cpu\":%.3f}\n", done ? (double)cpu / 1000.0 / (double)done : 0, foreign / elapsed);
    return errors || !done;
}

static int run(void)
{
    cpu_set_t before;
    if (pinned_cpu >= 0)
        pin(&before);
    struct worker *workers = calloc((size_t)threads, sizeof *workers);
    for (int i = 0; i < threads; i++) {
        workers[i].connections = connections / threads + (i < connections % threads);
        pthread_create(&workers[i].thread, 0, mode == CONNECT ? connector : loader, &workers[i]);
    }
    for (int i = 0; mode == LOAD && i < 100 && ready < connections; i++)
        usleep(100000);
    usleep((useconds_t)(warmup * 1e6));
    uint64_t cpu = process_cpu(server), own = own_cpu(), machine = machine_cpu(), start = now();
    measuring = 1;
    usleep((useconds_t)(seconds * 1e6));
    measuring = 0;
    uint64_t wall = now() - start;
    cpu = process_cpu(server) - cpu;
    double foreign = (double)(machine_cpu() - machine) - (double)(cpu + own_cpu() - own);
    stopping = 1;
    struct timespec limit;
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 2;
    uint64_t stuck = 0; // a worker that waits for a reply that never comes is left behind and counted
    for (int i = 0; i < threads; i++)
        if (pthread_timedjoin_np(workers[i].thread, 0, &limit)) {
            fprintf(stderr, "load: no answer for 2 s at the end\n");
            stuck++;
        }
    if (pinned_cpu >= 0)
        pin_server(&before);
    return report(workers, wall, cpu, foreign / 1e9, stuck);
}

int main(int argc, char **argv)
{
    int option;
    const char *path = 0, *text = 0;
    while ((option = getopt(argc, argv, "u:r:e:m:c:p:t:d:w:P:k:")) != -1)
        switch (option) {
        case 'u': path = optarg; break;
        case 'r': text = optarg; break;
        case 'e': expected = optarg; break;
        case 'm': mode = *optarg == 'c' ? CONNECT : *optarg == 'i' ? IDLE : LOAD; break;
        case 'c': connections = atoi(optarg); break;
        case 'p': depth = atoi(optarg); break;
        case 't': threads = atoi(optarg); break;
        case 'd': seconds = atof(optarg); break;
        case 'w': warmup = atof(optarg); break;
        case 'P': server = atoi(optarg); break;
        case 'k': pinned_cpu = atoi(optarg); break;
        default: path = 0;
        }
    if (!path || !text || connections < 1 || depth < 1 || threads < 1 || seconds > MAX_SECONDS) {
        fprintf(stderr, "usage: load -u PATH -r REQUEST -e EXPECTED [-m load|connect|idle] [-c connections] [-p depth] [-t threads]\n"
                        "            [-d seconds] [-w warmup] [-P server-pid] [-k CPU]\n");
        return 64;
    }
    prepare(path, text);
    return mode == IDLE ? hold_idle() : run();
}
